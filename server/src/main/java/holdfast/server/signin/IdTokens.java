package holdfast.server.signin;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import holdfast.server.clock.HouseClock;
import holdfast.server.identity.HandsOfTheHouse;
import holdfast.server.identity.IssuerKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Verifies ID tokens (OpenID Connect Core 1.0, section 3.1.3.7) by the issuer's own keys, RS256 or ES256 and nothing else. The
 * nonce is compared by Spring Security.
 */
public final class IdTokens implements JwtDecoderFactory<ClientRegistration> {
    private final Map<String, JWKSource<SecurityContext>> keys = new HashMap<>();
    private final HouseClock clock;

    /** @param folder where the issuers' authorities are looked for unless their paths are absolute */
    public IdTokens(IssuerDoors doors, Path folder, HouseClock clock) throws IOException {
        for (var issuer : doors.issuers()) {
            keys.put(issuer.name(), IssuerKeys.of(issuer, folder));
        }
        this.clock = clock;
    }

    @Override
    public JwtDecoder createDecoder(ClientRegistration registration) {
        JWKSource<SecurityContext> source = keys.get(registration.getRegistrationId());
        if (source == null) {
            throw new IllegalArgumentException("there is no issuer " + registration.getRegistrationId());
        }
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(source)
                .jwsAlgorithms(algorithms -> {
                    algorithms.clear();
                    Collections.addAll(algorithms, SignatureAlgorithm.RS256, SignatureAlgorithm.ES256);
                })
                .build();
        OidcIdTokenValidator rules = new OidcIdTokenValidator(registration);
        rules.setClock(new HandsOfTheHouse(clock));
        decoder.setJwtValidator(rules);
        return decoder;
    }
}
