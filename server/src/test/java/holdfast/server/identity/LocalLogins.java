package holdfast.server.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The logins of a local issuer, strict as the standards have it: authorization code with PKCE S256 (RFC 7636, RFC 9700), device
 * codes (RFC 8628), refresh tokens that are good once, revocation (RFC 7009). Whoever comes to its page is who the test says, at once.
 */
public final class LocalLogins {
    /** Its one public client. */
    public static final String CLIENT = "house";

    private final LocalIssuer issuer;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Map<String, String> devices = new ConcurrentHashMap<>();
    private final Map<String, String> refreshing = new ConcurrentHashMap<>();
    private final Set<String> approved = ConcurrentHashMap.newKeySet();
    private final Set<String> redirects = ConcurrentHashMap.newKeySet();
    private volatile String subject = "anna";
    private volatile Consumer<JWTClaimsSet.Builder> change = _ -> {};

    LocalLogins(LocalIssuer issuer, HttpServer server) {
        this.issuer = issuer;
        server.createContext("/authorize", safely(this::authorize));
        server.createContext("/token", safely(this::token));
        server.createContext("/device", safely(this::device));
        server.createContext("/revoke", safely(this::revoke));
    }

    /** Who sits before the browser from now on. */
    public void comes(String who) {
        subject = who;
        change = _ -> {};
    }

    /** Its next ID tokens are not what they should be. */
    public void lies(Consumer<JWTClaimsSet.Builder> how) {
        change = how;
    }

    /** Where it sends browsers back to, and nowhere else. */
    public void sendsBackTo(String redirect) {
        redirects.add(redirect);
    }

    /** The person with this code says yes. */
    public void approves(String userCode) {
        approved.add(userCode);
    }

    /** The refresh tokens that are good now. */
    public Set<String> refreshTokens() {
        return Set.copyOf(refreshing.keySet());
    }

    private static final class Bad extends RuntimeException {
        private static final long serialVersionUID = 1;

        Bad(String error) {
            super(error);
        }
    }

    private static String needed(Map<String, String> form, String name) {
        return Optional.ofNullable(form.get(name)).orElseThrow(() -> new Bad("invalid_request"));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new Bad(otherwise);
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        check(needed(asked, "client_id").equals(CLIENT), "invalid_client");
        check(redirects.contains(needed(asked, "redirect_uri")), "invalid_redirect_uri");
        check(needed(asked, "response_type").equals("code"), "unsupported_response_type");
        check("S256".equals(asked.get("code_challenge_method")), "pkce_with_s256_is_needed");
        check(needed(asked, "code_challenge").length() == 43, "invalid_request");
        check(asked.containsKey("state") && asked.containsKey("nonce"), "invalid_request");
        check(Set.of(asked.get("scope").split(" ")).contains("openid"), "invalid_scope");
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        "%s?code=%s&state=%s"
                                .formatted(
                                        asked.get("redirect_uri"),
                                        code,
                                        URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked = body(exchange);
        check(needed(asked, "client_id").equals(CLIENT), "invalid_client");
        answer(
                exchange,
                switch (needed(asked, "grant_type")) {
                    case "authorization_code" -> byCode(asked);
                    case "urn:ietf:params:oauth:grant-type:device_code" -> byDevice(asked);
                    case "refresh_token" -> byRefresh(asked);
                    default -> throw new Bad("unsupported_grant_type");
                });
    }

    private String byCode(Map<String, String> asked) {
        Map<String, String> begun = codes.remove(needed(asked, "code"));
        check(begun != null, "invalid_grant");
        check(begun.get("redirect_uri").equals(asked.get("redirect_uri")), "invalid_grant");
        check(begun.get("code_challenge").equals(challenge(needed(asked, "code_verifier"))), "invalid_grant");
        return tokens(subject, Optional.of(begun.get("nonce")), false);
    }

    private String byDevice(Map<String, String> asked) {
        String device = needed(asked, "device_code");
        String begun = devices.get(device);
        check(begun != null, "expired_token");
        String[] parts = begun.split(" ");
        check(approved.contains(parts[0]), "authorization_pending");
        check(parts[1].equals(challenge(needed(asked, "code_verifier"))), "invalid_grant");
        devices.remove(device);
        return tokens(subject, Optional.empty(), true);
    }

    private String byRefresh(Map<String, String> asked) {
        String who = refreshing.remove(needed(asked, "refresh_token"));
        check(who != null, "invalid_grant");
        return tokens(who, Optional.empty(), true);
    }

    private void device(HttpExchange exchange) throws IOException {
        Map<String, String> asked = body(exchange);
        check(needed(asked, "client_id").equals(CLIENT), "invalid_client");
        check("S256".equals(asked.get("code_challenge_method")), "pkce_with_s256_is_needed");
        String device = UUID.randomUUID().toString();
        String user = "WDJB-" + device.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
        devices.put(device, user + " " + needed(asked, "code_challenge"));
        answer(
                exchange,
                ("{\"device_code\": \"%s\", \"user_code\": \"%s\", \"verification_uri\": \"%s/activate\","
                                + " \"expires_in\": 60, \"interval\": 0}")
                        .formatted(device, user, issuer.url()));
    }

    private void revoke(HttpExchange exchange) throws IOException {
        refreshing.remove(needed(body(exchange), "token"));
        exchange.sendResponseHeaders(200, -1);
    }

    private String tokens(String who, Optional<String> nonce, boolean refresh) {
        String access = issuer.token(
                claims -> claims.subject(who).jwtID(UUID.randomUUID().toString()));
        String id = issuer.token(claims -> {
            claims.subject(who).audience(CLIENT).claim("wlcg.ver", null);
            claims.expirationTime(Date.from(issuer.now().plus(Duration.ofMinutes(5))));
            nonce.ifPresent(text -> claims.claim("nonce", text));
            change.accept(claims);
        });
        String more = "";
        if (refresh) {
            String again = UUID.randomUUID().toString();
            refreshing.put(again, who);
            more = ", \"refresh_token\": \"" + again + "\"";
        }
        return "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": 3600, \"id_token\": \"%s\"%s}"
                .formatted(access, id, more);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> body(HttpExchange exchange) throws IOException {
        check(exchange.getRequestMethod().equals("POST"), "invalid_request");
        return form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream((text == null ? "" : text).split("&"))
                .filter(pair -> pair.contains("="))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        send(exchange, 200, json);
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static HttpHandler safely(HttpHandler handler) {
        return exchange -> {
            try (exchange) {
                try {
                    handler.handle(exchange);
                } catch (Bad bad) {
                    send(exchange, 400, "{\"error\": \"" + bad.getMessage() + "\"}");
                }
            }
        };
    }
}
