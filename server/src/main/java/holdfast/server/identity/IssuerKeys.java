package holdfast.server.identity;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.Resource;
import holdfast.formats.TrustedIssuer;
import holdfast.server.drivers.http.Tls;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches the open keys of an issuer and keeps them: asked for again every six hours, and when a token names a key that is
 * not among them, though not more often than twice in half a minute; while the issuer does not answer they are good for two
 * days (WLCG Common JWT Profile, section on key caching). No redirect is followed.
 */
public final class IssuerKeys extends DefaultResourceRetriever {
    private static final Duration REFRESHED = Duration.ofHours(6);
    private static final Duration GOOD = Duration.ofDays(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(30);
    private static final int LONGEST = 1 << 20;

    private final TrustedIssuer issuer;

    private IssuerKeys(TrustedIssuer issuer, Tls tls) {
        super(
                (int) PATIENCE.toMillis(),
                (int) PATIENCE.toMillis(),
                LONGEST,
                true,
                tls.context().getSocketFactory());
        this.issuer = issuer;
    }

    /**
     * The keys; nothing is fetched before the first is asked for.
     *
     * @param folder where the issuer's authorities are looked for unless their path is absolute
     */
    public static JWKSource<SecurityContext> of(TrustedIssuer issuer, Path folder) throws IOException {
        Optional<Path> authorities = issuer.authorities().map(folder::resolve);
        IssuerKeys keys = new IssuerKeys(issuer, new Tls(authorities, Optional.empty()));
        return JWKSourceBuilder.create(at(issuer.keys().orElseGet(() -> discovery(issuer))), keys)
                .cache(REFRESHED.toMillis(), PATIENCE.toMillis())
                .refreshAheadCache(false)
                .rateLimited(BETWEEN_QUESTIONS.toMillis())
                .outageTolerant(GOOD.minus(REFRESHED).toMillis())
                .build();
    }

    /** OpenID Connect Discovery 1.0, section 4. */
    private static String discovery(TrustedIssuer issuer) {
        return issuer.url().replaceAll("/$", "") + "/.well-known/openid-configuration";
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        if (issuer.keys().isPresent()) {
            return super.retrieveResource(url);
        }
        Map<String, Object> document = parsed(super.retrieveResource(url));
        if (!issuer.url().equals(document.get("issuer"))) {
            throw new IOException("%s is the discovery document of %s, and not of %s"
                    .formatted(url, document.get("issuer"), issuer.url()));
        }
        URL keys = at(String.valueOf(document.get("jwks_uri")));
        if (url.getProtocol().equals("https") && !keys.getProtocol().equals("https")) {
            throw new IOException("%s leads to keys over an open line: %s".formatted(url, keys));
        }
        return super.retrieveResource(keys);
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
        HttpURLConnection connection = super.openHTTPConnection(url);
        connection.setInstanceFollowRedirects(false);
        return connection;
    }

    private static Map<String, Object> parsed(Resource document) throws IOException {
        try {
            return JSONObjectUtils.parse(document.getContent());
        } catch (ParseException e) {
            throw new IOException("the discovery document is no JSON object", e);
        }
    }

    private static URL at(String address) throws IOException {
        try {
            return URI.create(address).toURL();
        } catch (IllegalArgumentException notAnAddress) {
            throw new IOException("'%s' is no address of keys".formatted(address), notAnAddress);
        }
    }
}
