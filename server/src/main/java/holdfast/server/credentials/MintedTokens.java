package holdfast.server.credentials;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * Tokens that this house signs itself, with a key whose public half the sites fetch from the issuer (WLCG Common JWT Profile
 * 1.0). Each is for the paths of one request and short-lived.
 */
public final class MintedTokens implements Bearer {
    /** Sites' clocks may be this much behind. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final Issuer issuer;
    private final RSAKey key;
    private final Clock clock;

    /**
     * Who issues, and for whom.
     *
     * @param url the issuer's address, as sites have it in their settings
     * @param base the path at the server that the issuer's {@code /} stands for; empty for the server's root
     * @param lasts how long a token is good
     */
    public record Issuer(String url, String subject, String audience, String base, Duration lasts) {}

    public MintedTokens(Issuer issuer, RSAKey key, Clock clock) {
        this.issuer = issuer;
        this.key = key;
        this.clock = clock;
    }

    /** Reads a private RSA key in PEM. */
    public static RSAKey key(Path file) throws IOException {
        try {
            if (PemContent.load(file).getPrivateKey() instanceof RSAPrivateCrtKey key) {
                RSAPublicKeySpec open = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
                RSAPublicKey half = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(open);
                return new RSAKey.Builder(half)
                        .privateKey(key)
                        .keyIDFromThumbprint()
                        .build();
            }
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            throw new IOException("%s is no private RSA key in PEM".formatted(file), e);
        }
        throw new IOException("%s holds no private RSA key".formatted(file));
    }

    @Override
    public Optional<Secret> token(List<Want> wants) throws IOException {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer.url())
                .subject(issuer.subject())
                .audience(issuer.audience())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now.minus(SKEW)))
                .expirationTime(Date.from(now.plus(issuer.lasts())))
                .claim("wlcg.ver", "1.0")
                .claim("scope", wants.stream().map(w -> w.scope(issuer.base())).collect(Collectors.joining(" ")))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IOException("a token could not be signed: " + e.getMessage(), e);
        }
        return Optional.of(new Secret(token.serialize()));
    }
}
