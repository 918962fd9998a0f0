package holdfast.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import holdfast.access.Capabilities.Use;
import holdfast.formats.TrustedIssuer;
import holdfast.server.identity.Issuers.Read;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of the WLCG Common JWT Profiles, case by case, by an issuer on this machine. */
class IssuersTest {
    private static final Instant NOW = Instant.parse("2026-05-04T08:00:00Z");
    private static final String ANY = "https://wlcg.cern.ch/jwt/v1/any";

    private LocalIssuer issuer;
    private Issuers issuers;
    private Instant now = NOW;

    @BeforeEach
    void begin() throws Exception {
        issuer = new LocalIssuer(() -> NOW);
        issuers = believing(trusted(Optional.empty(), true));
    }

    @AfterEach
    void end() {
        issuer.close();
    }

    private Issuers believing(TrustedIssuer one) throws Exception {
        return new Issuers(List.of(one), Path.of("."), () -> now);
    }

    private TrustedIssuer trusted(Optional<String> keys, boolean wlcg) {
        return new TrustedIssuer(
                "lab",
                issuer.url(),
                Set.of(LocalIssuer.AUDIENCE),
                keys,
                Optional.empty(),
                wlcg,
                "wlcg.groups",
                Duration.ofHours(6),
                Optional.empty());
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm);
    }

    private void isTaken(String token) {
        assertThat(issuers.read(token)).isInstanceOf(Read.Good.class);
    }

    private void isRefused(String token, String why) {
        assertThat(issuers.read(token))
                .isInstanceOfSatisfying(
                        Read.Refused.class,
                        refused -> assertThat(refused.why())
                                .containsIgnoringCase(why)
                                .doesNotContain(token));
    }

    private void isRefused(Consumer<JWTClaimsSet.Builder> change, String why) {
        isRefused(issuer.token(change), why);
    }

    @Test
    void aTokenSaysWhoBearsItAsRucioWritesIt() {
        assertThat(issuers.read(issuer.token(_ -> {})))
                .isEqualTo(new Read.Good(
                        new Identity(IdentityType.OIDC, "SUB=anna, ISS=" + issuer.url()),
                        holdfast.access.Capabilities.NONE,
                        Optional.empty()));
    }

    @Test
    void bothAlgorithmsOfTheProfileAreTaken() {
        isTaken(issuer.token(_ -> {}));
        isTaken(issuer.onACurve());
    }

    @Test
    void theTypesOfTokensThatIssuersWriteAreTakenAndNoOthers() {
        for (String type : List.of("JWT", "at+jwt")) {
            isTaken(issuer.signed(
                    header(JWSAlgorithm.RS256).keyID("first").type(new JOSEObjectType(type)), _ -> {}, issuer.rsa()));
        }
        isRefused(
                issuer.signed(
                        header(JWSAlgorithm.RS256).keyID("first").type(new JOSEObjectType("dpop+jwt")),
                        _ -> {},
                        issuer.rsa()),
                "not allowed");
    }

    @Test
    void theAudienceIsThisHouseCharacterForCharacter() {
        String other = "for another audience";
        isRefused(claims -> claims.audience(LocalIssuer.AUDIENCE + "/"), other);
        isRefused(claims -> claims.audience("https://house.example.org.evil.example"), other);
        isRefused(claims -> claims.audience("https://HOUSE.example.org"), other);
        isRefused(claims -> claims.audience((String) null), other);
        isRefused(claims -> claims.audience(List.of()), other);
        isTaken(issuer.token(claims -> claims.audience(List.of("x", LocalIssuer.AUDIENCE))));
    }

    @Test
    void aTokenForAnybodyIsTakenOnlyWhereTheFileSaysSo() throws Exception {
        String token = issuer.token(claims -> claims.audience(ANY));
        isRefused(token, "for another audience");
        TrustedIssuer plain = trusted(Optional.empty(), true);
        issuers = believing(new TrustedIssuer(
                plain.name(),
                plain.url(),
                Set.of(LocalIssuer.AUDIENCE, ANY),
                plain.keys(),
                plain.authorities(),
                true,
                "wlcg.groups",
                plain.longest(),
                Optional.empty()));
        isTaken(token);
    }

    @Test
    void aTokenIsGoodInItsTimeAndAMinuteAroundIt() {
        String token = issuer.token(_ -> {});
        now = NOW.minusSeconds(59);
        isTaken(token);
        now = NOW.minusSeconds(61);
        isRefused(token, "before");
        now = NOW.plusSeconds(3_659);
        isTaken(token);
        now = NOW.plusSeconds(3_661);
        isRefused(token, "expired");
    }

    @Test
    void aTokenWithoutEndOrWithOneFarAwayIsRefused() {
        isRefused(claims -> claims.expirationTime(null), "exp");
        isRefused(claims -> claims.expirationTime(Date.from(NOW.plus(Duration.ofHours(7)))), "for longer");
        isTaken(issuer.token(claims -> claims.expirationTime(Date.from(NOW.plus(Duration.ofHours(6))))));
    }

    @Test
    void anIssuerThatIsNotNamedIsNotAskedForItsKeys() {
        isRefused(claims -> claims.issuer(issuer.url() + "/"), "not among those");
        isRefused(claims -> claims.issuer("https://evil.example.org"), "not among those");
        isRefused(claims -> claims.issuer(null), "not among those");
        assertThat(issuer.asked()).isZero();
    }

    @Test
    void aKeyThatTheIssuerDoesNotHaveSignsNothing() {
        RSAKey stranger = LocalIssuer.rsa("first");
        isRefused(issuer.signed(header(JWSAlgorithm.RS256).keyID("first"), _ -> {}, stranger), "cannot be verified");
        RSAKey unknown = LocalIssuer.rsa("unknown");
        isRefused(issuer.signed(header(JWSAlgorithm.RS256).keyID("unknown"), _ -> {}, unknown), "cannot be verified");
    }

    @Test
    void keysThatATokenBringsAlongOrPointsAtAreNotLookedAt() throws Exception {
        RSAKey own = LocalIssuer.rsa("own");
        int[] visits = {0};
        issuer.answers("/evil", () -> {
            visits[0]++;
            return new com.nimbusds.jose.jwk.JWKSet(own.toPublicJWK()).toString();
        });
        URI evil = URI.create(issuer.url() + "/evil");
        for (JWSHeader.Builder header : List.of(
                header(JWSAlgorithm.RS256).keyID("own").jwkURL(evil),
                header(JWSAlgorithm.RS256).keyID("own").x509CertURL(evil),
                header(JWSAlgorithm.RS256).keyID("own").jwk(own.toPublicJWK()))) {
            isRefused(issuer.signed(header, _ -> {}, own), "cannot be verified");
        }
        assertThat(visits[0]).isZero();
    }

    @Test
    void noSignatureIsNoToken() {
        isRefused(new PlainJWT(issuer.claims().build()).serialize(), "cannot be verified");
        String token = issuer.token(_ -> {});
        isRefused(token.substring(0, token.lastIndexOf('.') + 1), "issuer");
    }

    @Test
    void anOpenKeyIsNoSecretToSignBy() throws Exception {
        SignedJWT forged = new SignedJWT(
                header(JWSAlgorithm.HS256).keyID("first").build(),
                issuer.claims().build());
        forged.sign(new MACSigner(issuer.rsa().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        isRefused(forged.serialize(), "cannot be verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "RS512", "PS256"})
    void noOtherAlgorithmIsTaken(String algorithm) {
        isRefused(
                issuer.signed(header(JWSAlgorithm.parse(algorithm)).keyID("first"), _ -> {}, issuer.rsa()),
                "cannot be verified");
    }

    @Test
    void changedClaimsBreakTheSignature() {
        String[] parts = issuer.token(_ -> {}).split("\\.");
        String other = issuer.token(claims -> claims.subject("bob")).split("\\.")[1];
        isRefused(parts[0] + "." + other + "." + parts[2], "cannot be verified");
    }

    @Test
    void theVersionOfTheProfileIsTheFirst() throws Exception {
        String profile = "version 1 of the WLCG profile";
        isRefused(claims -> claims.claim("wlcg.ver", null), profile);
        isRefused(claims -> claims.claim("wlcg.ver", "2.0"), profile);
        isRefused(claims -> claims.claim("wlcg.ver", "10"), profile);
        isRefused(claims -> claims.claim("wlcg.ver", 1), profile);
        isTaken(issuer.token(claims -> claims.claim("wlcg.ver", "1.3")));
        issuers = believing(trusted(Optional.empty(), false));
        isTaken(issuer.token(claims -> claims.claim("wlcg.ver", null)));
    }

    @Test
    void aTokenOfNobodyIsRefused() {
        isRefused(claims -> claims.subject(null), "subject");
        isRefused(claims -> claims.subject(" "), "subject");
        isRefused(claims -> claims.subject("a\nb"), "identity");
    }

    @Test
    void aStorageScopeWithoutAPathSpoilsTheToken() {
        isRefused(claims -> claims.claim("scope", "storage.read"), "capability 'storage.read'");
        isRefused(claims -> claims.claim("scope", "storage.read:/a storage.modify:/../b"), "capability");
        isRefused(claims -> claims.claim("scope", List.of("storage.read:/a")), "scope");
    }

    @Test
    void capabilitiesAreReadAndUnknownClaimsAreNot() {
        String token = issuer.token(
                claims -> claims.claim("scope", "storage.read:/foo openid").claim("colour", Map.of("red", true)));
        assertThat(issuers.read(token)).isInstanceOfSatisfying(Read.Good.class, good -> {
            assertThat(good.capabilities().stated()).isTrue();
            assertThat(good.capabilities().allow(Use.READ, "/foo/a")).isTrue();
            assertThat(good.capabilities().allow(Use.READ, "/foobar")).isFalse();
            assertThat(good.capabilities().allow(Use.CREATE, "/foo/a")).isFalse();
        });
    }

    @Test
    void keysAreAskedForOnceAndAgainWhenATokenNamesANewOne() {
        for (int i = 0; i < 20; i++) {
            isTaken(issuer.token(_ -> {}));
        }
        assertThat(issuer.asked()).isEqualTo(1);
        issuer.turnsToAnotherKey("second");
        isTaken(issuer.token(_ -> {}));
        assertThat(issuer.asked()).isEqualTo(2);
    }

    @Test
    void whoInventsKeysDoesNotMakeUsAskAgainAndAgain() {
        RSAKey invented = LocalIssuer.rsa("invented");
        for (int i = 0; i < 20; i++) {
            isRefused(
                    issuer.signed(header(JWSAlgorithm.RS256).keyID("invented-" + i), _ -> {}, invented),
                    "cannot be verified");
        }
        assertThat(issuer.asked()).isLessThanOrEqualTo(3);
        isTaken(issuer.token(_ -> {}));
    }

    @Test
    void keysStayGoodWhileTheIssuerDoesNotAnswer() {
        String token = issuer.token(_ -> {});
        isTaken(token);
        issuer.close();
        isTaken(token);
    }

    @Test
    void anIssuerThatNeverAnsweredLetsNobodyIn() {
        String token = issuer.token(_ -> {});
        issuer.close();
        isRefused(token, "cannot be verified");
    }

    @Test
    void theDiscoveryDocumentIsTheIssuersOwn() throws Exception {
        try (LocalIssuer other = new LocalIssuer(() -> NOW)) {
            String lie = "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(other.url(), issuer.url());
            issuer.answers("/lie/.well-known/openid-configuration", () -> lie);
            TrustedIssuer plain = trusted(Optional.empty(), true);
            issuers = believing(new TrustedIssuer(
                    "lie",
                    issuer.url() + "/lie",
                    plain.audiences(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    "wlcg.groups",
                    plain.longest(),
                    Optional.empty()));
            isRefused(claims -> claims.issuer(issuer.url() + "/lie"), "cannot be verified");
        }
    }

    @Test
    void keysMayBeNamedByTheFile() throws Exception {
        issuers = believing(trusted(Optional.of(issuer.url() + "/keys"), true));
        isTaken(issuer.token(_ -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "anna-admin-x-00ff", "eyJ", "eyJ.x", "eyJh.b.c.d", "a.b.c", "eyJ .b.c"})
    void whatIsNoSuchTokenIsLeftToOthers(String text) {
        assertThat(issuers.read(text)).isInstanceOf(Read.Other.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"eyJ..", "eyJhbGciOiJub25lIn0..", "eyJhbGciOiJub25lIn0.bm8.", "eyJhbGciOiJSUzI1NiJ9.e30.AA"})
    void whatIsHalfATokenIsRefused(String text) {
        assertThat(issuers.read(text)).isInstanceOf(Read.Refused.class);
    }

    @Test
    void aTokenSaysOfWhichGroupsItsBearerIsWhereItHasThatClaim() {
        assertThat(groups(claims -> claims.claim("wlcg.groups", List.of("/lab", "/lab/production"))))
                .contains(Set.of("/lab", "/lab/production"));
        assertThat(groups(claims -> claims.claim("wlcg.groups", List.of()))).contains(Set.of());
        assertThat(groups(claims -> claims.claim("groups", List.of("/lab"))))
                .as("a claim of another name")
                .isEmpty();
        assertThat(groups(claims -> claims.issueTime(null).claim("wlcg.groups", List.of("/lab"))))
                .as("nobody knows when that was said")
                .isEmpty();
        isRefused(claims -> claims.claim("wlcg.groups", List.of(Map.of("name", "/lab"))), "a list of texts");
        isRefused(claims -> claims.claim("wlcg.groups", 17), "a list of texts");
    }

    private Optional<Set<String>> groups(Consumer<JWTClaimsSet.Builder> change) {
        return ((Read.Good) issuers.read(issuer.token(change))).claim().map(claim -> Set.copyOf(claim.groups()));
    }
}
