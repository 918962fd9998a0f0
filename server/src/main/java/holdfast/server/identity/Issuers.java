package holdfast.server.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import holdfast.access.Capabilities;
import holdfast.access.GroupClaim;
import holdfast.formats.TrustedIssuer;
import holdfast.server.clock.HouseClock;
import holdfast.vocabulary.BadWord;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Reads bearer tokens of the issuers that this node believes, as the WLCG Common JWT Profiles 1.x ask: signature by a key of
 * the issuer itself, RS256 or ES256 and nothing else; issuer and audience character for character; within its time; and what
 * it says of its capabilities. Keys that a token brings along or points at (jwk, jku, x5c, x5u) are not looked at.
 */
public final class Issuers {
    /** How far an issuer's clock and ours may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Pattern FIRST_VERSION = Pattern.compile("1(\\.\\d+)*");
    private static final Pattern A_JWT = Pattern.compile("eyJ[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*");

    /** Issuers by the claim {@code iss}. */
    private final Map<String, NimbusJwtDecoder> decoders = new HashMap<>();

    private final GroupClaims claims;
    private final HouseClock clock;

    /** What a text that was shown as a token is. */
    public sealed interface Read {
        /** A token of an issuer that is believed, good now. */
        record Good(Identity bearer, Capabilities capabilities, Optional<GroupClaim> claim) implements Read {}

        /** A token that is not taken; the reason continues "the token is not taken: ...". */
        record Refused(String why) implements Read {}

        /** No token of an issuer at all. */
        record Other() implements Read {}
    }

    /**
     * Knows some issuers.
     *
     * @param folder where the files that they name are looked for unless their paths are absolute
     * @throws IOException when such a file cannot be read
     */
    public Issuers(List<TrustedIssuer> issuers, Path folder, HouseClock clock) throws IOException {
        this.claims = new GroupClaims(issuers);
        this.clock = clock;
        for (TrustedIssuer issuer : issuers) {
            NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(IssuerKeys.of(issuer, folder))
                    .jwsAlgorithms(algorithms -> {
                        algorithms.clear();
                        Collections.addAll(algorithms, SignatureAlgorithm.RS256, SignatureAlgorithm.ES256);
                    })
                    .jwtProcessorCustomizer(
                            processor -> processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                                    JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)))
                    .build();
            decoder.setJwtValidator(rules(issuer, clock));
            decoders.put(issuer.url(), decoder);
        }
    }

    /** What is known of a text that was shown as a token. */
    public Read read(String token) {
        if (!A_JWT.matcher(token).matches()) {
            return new Read.Other();
        }
        @Nullable JWTClaimsSet claimed = claimed(token);
        @Nullable String issuer = claimed == null ? null : claimed.getIssuer();
        NimbusJwtDecoder decoder = issuer == null ? null : decoders.get(issuer);
        if (claimed == null || decoder == null) {
            return new Read.Refused("its issuer is not among those that are believed here");
        }
        try {
            Jwt jwt = decoder.decode(token);
            return new Read.Good(bearer(jwt), capabilities(jwt), claim(claimed, jwt));
        } catch (JwtValidationException invalid) {
            return new Read.Refused(
                    String.valueOf(invalid.getErrors().iterator().next().getDescription()));
        } catch (BadWord bad) {
            return new Read.Refused(String.valueOf(bad.getMessage()));
        } catch (JwtException | IllegalArgumentException failed) {
            return new Read.Refused("it cannot be verified: " + failed.getMessage());
        }
    }

    /** As Rucio writes such an identity, so that what was mapped there holds here. */
    private static Identity bearer(Jwt jwt) {
        @Nullable String subject = jwt.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new BadWord("subject", String.valueOf(subject), "one that says who bears the token");
        }
        return new Identity(IdentityType.OIDC, "SUB=%s, ISS=%s".formatted(subject, jwt.getClaimAsString("iss")));
    }

    private static Capabilities capabilities(Jwt jwt) {
        return switch (jwt.getClaims().get("scope")) {
            case null -> Capabilities.NONE;
            case String words -> Capabilities.of(words);
            case Object other -> throw new BadWord("scope", other.toString(), "one text with spaces between its words");
        };
    }

    /**
     * What a verified token says of groups; nothing, where it does not say when it was made (Spring would say that it was a second before its end):
     * what was said before and after could not be told apart.
     */
    private Optional<GroupClaim> claim(JWTClaimsSet claimed, Jwt jwt) {
        return claimed.getIssueTime() == null
                ? Optional.empty()
                : claims.of(claimed.getIssuer(), jwt.getClaims(), clock.now());
    }

    private static @Nullable JWTClaimsSet claimed(String token) {
        try {
            return JWTParser.parse(token).getJWTClaimsSet();
        } catch (ParseException | IllegalArgumentException notOne) {
            return null;
        }
    }

    private static OAuth2TokenValidator<Jwt> rules(TrustedIssuer issuer, HouseClock clock) {
        return new DelegatingOAuth2TokenValidator<>(
                new JwtIssuerValidator(issuer.url()),
                rule(
                        jwt -> jwt.getAudience() != null
                                && jwt.getAudience().stream().anyMatch(issuer.audiences()::contains),
                        "it is for another audience than this house"),
                inItsTime(clock),
                rule(
                        jwt -> jwt.getExpiresAt() != null
                                && !jwt.getExpiresAt()
                                        .isAfter(clock.now()
                                                .plus(issuer.longest())
                                                .plus(SKEW)),
                        "it is good for longer than is taken here"),
                rule(
                        jwt -> !issuer.wlcg() || isFirstVersion(jwt.getClaims().get("wlcg.ver")),
                        "it does not say that it keeps to version 1 of the WLCG profile"));
    }

    private static OAuth2TokenValidator<Jwt> inItsTime(HouseClock clock) {
        JwtTimestampValidator validator = new JwtTimestampValidator(SKEW);
        validator.setClock(new HandsOfTheHouse(clock));
        validator.setAllowEmptyExpiryClaim(false);
        return validator;
    }

    private static boolean isFirstVersion(@Nullable Object version) {
        return version instanceof String text && FIRST_VERSION.matcher(text).matches();
    }

    private interface Rule {
        boolean holds(Jwt jwt);
    }

    private static OAuth2TokenValidator<Jwt> rule(Rule rule, String otherwise) {
        OAuth2Error error = new OAuth2Error("invalid_token", otherwise, null);
        return jwt ->
                rule.holds(jwt) ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(error);
    }
}
