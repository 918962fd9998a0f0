package holdfast.cli.wire;

import holdfast.formats.Json;
import holdfast.formats.Result.BadFile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The line to an issuer: OpenID Connect Discovery and forms (RFC 6749); no redirect is followed, and none of it goes over an open line. */
public final class IssuerLine {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private final HttpClient client;

    /** @param authority a file of authorities that its certificate is checked by; empty for the platform's */
    public IssuerLine(Optional<Path> authority) {
        HttpClient.Builder building = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        authority.map(Trust::in).ifPresent(building::sslContext);
        client = building.build();
    }

    /** What an issuer says of itself (Discovery 1.0, section 3; RFC 8628, section 4). */
    public record Document(
            String issuer,
            String token_endpoint,
            @Nullable String device_authorization_endpoint,
            @Nullable String revocation_endpoint,
            @Nullable List<String> scopes_supported) {}

    /** An answer with tokens (RFC 6749, section 5.1). */
    public record Tokens(
            String access_token,
            @Nullable String refresh_token,
            @Nullable Long expires_in) {
        private static final long USUAL = 300;

        /** When the access token ends; where nobody says it, soon. */
        public Instant end(Instant now) {
            return now.plusSeconds(expires_in == null ? USUAL : expires_in);
        }
    }

    /** An issuer said no; the code is one of RFC 6749, section 5.2, or RFC 8628, section 3.5. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String code;

        Refused(String code, String told) {
            super(told);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    private record Refusal(@Nullable String error, @Nullable String error_description) {}

    /** @throws NoServer when it does not answer, or answers for somebody else */
    public Document document(String issuer) {
        String at = issuer.replaceAll("/$", "") + "/.well-known/openid-configuration";
        Document document = read(at, send(HttpRequest.newBuilder(safe(at))), Document.class);
        if (!issuer.equals(document.issuer())) {
            throw new NoServer(at + " is the document of " + document.issuer() + ", and not of " + issuer);
        }
        return document;
    }

    /** @throws Refused with the issuer's own word */
    public <T> T post(String at, Map<String, String> form, Class<T> answer) {
        return read(at, posted(at, form), answer);
    }

    /** @throws Refused with the issuer's own word */
    void post(String at, Map<String, String> form) {
        posted(at, form);
    }

    private String posted(String at, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(safe(at))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private String send(HttpRequest.Builder request) {
        HttpRequest asked =
                request.header("Accept", "application/json").timeout(PATIENCE).build();
        try {
            HttpResponse<String> answer = client.send(asked, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() / 100 == 2) {
                return answer.body();
            }
            throw refused(asked.uri(), answer);
        } catch (IOException broken) {
            throw new NoServer(
                    asked.uri() + " does not answer (" + broken.getMessage()
                            + "); name the authority of its certificate with --issuer-ca if that is it",
                    broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NoServer("interrupted while " + asked.uri() + " was asked", stopped);
        }
    }

    private static RuntimeException refused(URI at, HttpResponse<String> answer) {
        try {
            Refusal refusal = Json.read(answer.body(), Refusal.class);
            if (refusal.error() != null) {
                String more = refusal.error_description() == null ? "" : ": " + refusal.error_description();
                return new Refused(refusal.error(), at + " says " + refusal.error() + more);
            }
        } catch (BadFile notItsForm) {
            // Said below.
        }
        return new NoServer(at + " answers with HTTP " + answer.statusCode());
    }

    private static <T> T read(String at, String text, Class<T> type) {
        try {
            return Json.read(text, type);
        } catch (BadFile bad) {
            throw new NoServer(at + " answers with something else than a login needs: " + bad.getMessage(), bad);
        }
    }

    private static URI safe(String address) {
        try {
            URI uri = URI.create(String.valueOf(address));
            boolean here = "http".equals(uri.getScheme()) && THIS_MACHINE.contains(String.valueOf(uri.getHost()));
            if (here || "https".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Said below.
        }
        throw new NoServer("'" + address + "' is no https address of an issuer");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
