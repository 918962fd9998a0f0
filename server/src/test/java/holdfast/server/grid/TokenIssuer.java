package holdfast.server.grid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import holdfast.server.credentials.MintedTokens;
import holdfast.server.drivers.http.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An issuer of tokens as sites know one: its discovery document and its open key over TLS; its private key signs. */
public final class TokenIssuer implements AutoCloseable {
    /** The id and the secret of the client that it knows, as the house keeps its own. */
    static final String CLIENT = "house\nsecret of the house";

    private final List<String> exchanged = new CopyOnWriteArrayList<>();
    private final HttpsServer server;
    private final Path keyFile;
    private final RSAKey key;
    private volatile boolean createOnly;

    private TokenIssuer(HttpsServer server, Path keyFile, RSAKey key) {
        this.server = server;
        this.keyFile = keyFile;
        this.key = key;
    }

    static TokenIssuer start(Path folder, TestAuthority authority) throws IOException {
        Files.createDirectories(folder);
        Path keyFile = folder.resolve("issuer.key");
        Command.mustRun(
                folder,
                "openssl",
                "genpkey",
                "-algorithm",
                "RSA",
                "-pkeyopt",
                "rsa_keygen_bits:2048",
                "-out",
                keyFile.toString());
        Path identity = folder.resolve("issuer.pem");
        Files.writeString(identity, Files.readString(authority.host()) + Files.readString(authority.hostKey()));
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(new Tls(Optional.empty(), Optional.of(identity)).context()));
        TokenIssuer issuer = new TokenIssuer(server, keyFile, MintedTokens.key(keyFile));
        issuer.serve("/.well-known/openid-configuration", """
            {"issuer": "%s", "jwks_uri": "%s/jwks"}\
            """.formatted(issuer.url(), issuer.url()));
        issuer.serve("/jwks", new JWKSet(issuer.key.toPublicJWK()).toString());
        server.createContext("/token", issuer::exchange);
        server.start();
        return issuer;
    }

    /** Tokens for clients that show their secret (RFC 6749, section 4.4): just what was asked for, for ten minutes. */
    private void exchange(HttpExchange exchange) throws IOException {
        Map<String, String> form = Stream.of(
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        String basic =
                Base64.getEncoder().encodeToString(CLIENT.replace('\n', ':').getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !"client_credentials".equals(form.get("grant_type"))) {
            answer(exchange, 401, "{\"error\": \"invalid_client\"}");
            return;
        }
        if (createOnly && form.get("scope").contains("storage.modify")) {
            answer(exchange, 400, "{\"error\": \"invalid_scope\"}");
            return;
        }
        exchanged.add(form.get("scope"));
        answer(exchange, 200, """
            {"access_token": "%s", "token_type": "Bearer", "expires_in": 600}\
            """.formatted(signed(form)));
    }

    private String signed(Map<String, String> form) throws IOException {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(url())
                        .subject("a client")
                        .audience(form.get("audience"))
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now.minusSeconds(60)))
                        .expirationTime(Date.from(now.plusSeconds(600)))
                        .claim("wlcg.ver", "1.0")
                        .claim("scope", form.get("scope"))
                        .build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IOException(e);
        }
        return token.serialize();
    }

    /** The scopes that were asked for and given, in order. */
    List<String> exchanged() {
        return exchanged;
    }

    /** From now on its client is registered for no right to modify, and gets none. */
    TokenIssuer createOnly() {
        createOnly = true;
        return this;
    }

    String tokenEndpoint() {
        return url() + "/token";
    }

    private void serve(String path, String json) {
        server.createContext(path, exchange -> answer(exchange, 200, json));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** Without a slash at its end: readers put theirs behind it. */
    String url() {
        return "https://localhost:%d".formatted(server.getAddress().getPort());
    }

    /** Its private key, as the house keeps its own. */
    Path keyFile() {
        return keyFile;
    }

    /** Tokens as the house mints them. */
    MintedTokens tokens(String audience, Duration lasts, Clock clock) {
        return new MintedTokens(new MintedTokens.Issuer(url(), "holdfast", audience, "/data", lasts), key, clock);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
