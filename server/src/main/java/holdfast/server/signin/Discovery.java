package holdfast.server.signin;

import com.nimbusds.jose.util.JSONObjectUtils;
import holdfast.formats.TrustedIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer says of itself (OpenID Connect Discovery 1.0, section 4), as far as a login needs it.
 *
 * @param authorization where browsers are sent
 * @param token where codes become tokens
 */
record Discovery(URI authorization, URI token) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int LONGEST = 1 << 20;

    /**
     * Asks an issuer; no redirect is followed.
     *
     * @throws IOException when it does not answer, or answers for somebody else, or leads to an open line
     */
    static Discovery of(TrustedIssuer issuer, HttpClient client) throws IOException {
        URI at = URI.create(issuer.url().replaceAll("/$", "") + "/.well-known/openid-configuration");
        Map<String, Object> document = document(at, client);
        if (!issuer.url().equals(document.get("issuer"))) {
            throw new IOException("%s is the discovery document of %s, and not of %s"
                    .formatted(at, document.get("issuer"), issuer.url()));
        }
        if (document.get("code_challenge_methods_supported") instanceof List<?> methods && !methods.contains("S256")) {
            throw new IOException(issuer.url() + " knows no PKCE with S256, without which nobody logs in here");
        }
        return new Discovery(
                address(at, document.get("authorization_endpoint")), address(at, document.get("token_endpoint")));
    }

    private static Map<String, Object> document(URI at, HttpClient client) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(at).timeout(PATIENCE).build();
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != OK) {
                    throw new IOException(at + " answers with HTTP " + answer.statusCode());
                }
                return JSONObjectUtils.parse(new String(body.readNBytes(LONGEST), StandardCharsets.UTF_8));
            }
        } catch (ParseException e) {
            throw new IOException(at + " answers with no JSON object", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + at + " was asked", e);
        }
    }

    private static URI address(URI from, @Nullable Object text) throws IOException {
        try {
            URI address = URI.create(String.valueOf(text));
            boolean safe = "https".equals(address.getScheme())
                    || "http".equals(address.getScheme()) && "http".equals(from.getScheme());
            if (safe && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Said below.
        }
        throw new IOException(from + " leads to '" + text + "', which is no address like its own");
    }
}
