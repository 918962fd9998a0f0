package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file that says whose tokens are believed: whatever is not meant as it stands is told, with its place and what to do. */
class IssuersFileTest {
    private static final String HEAD = "holdfast-issuers: 1\nissuers:\n";

    private static List<Finding> findings(String text) {
        return switch (IssuersFile.read(text, "issuers.yaml")) {
            case Result.Read<List<TrustedIssuer>> read -> throw new AssertionError("it was taken: " + read.value());
            case Result.Refused<List<TrustedIssuer>> refused -> refused.findings();
        };
    }

    @Test
    void anIssuerIsReadWithWhatItSaysOrWithWhatHoldsElse() {
        assertThat(IssuersFile.read(HEAD + """
              lab: { url: "https://iam.example.org/", audiences: https://house.example.org }
              other:
                url: http://127.0.0.1:8080/realms/x
                audiences: [a, b]
                keys: https://keys.example.org/jwks
                authorities: ca.pem
                profile: plain
                longest: 24 h
                client: { id: house, secret-file: house.secret, device-id: house-cli, scopes: wlcg.groups }
            """, "issuers.yaml").orThrow())
                .containsExactly(
                        new TrustedIssuer(
                                "lab",
                                "https://iam.example.org/",
                                Set.of("https://house.example.org"),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                "wlcg.groups",
                                Duration.ofHours(6),
                                Optional.empty()),
                        new TrustedIssuer(
                                "other",
                                "http://127.0.0.1:8080/realms/x",
                                Set.of("a", "b"),
                                Optional.of("https://keys.example.org/jwks"),
                                Optional.of("ca.pem"),
                                false,
                                "groups",
                                Duration.ofHours(24),
                                Optional.of(new LoginClient(
                                        "house",
                                        Optional.of("house.secret"),
                                        Optional.of("house-cli"),
                                        new TreeSet<>(Set.of("wlcg.groups"))))));
    }

    @Test
    void aPublicClientServesTheCommandLineTooAndOneWithASecretDoesNot() {
        assertThat(device("{ id: house }")).hasValue("house");
        assertThat(device("{ id: house, secret-file: s }")).isEmpty();
    }

    private static Optional<String> device(String client) {
        String one = "  lab: { url: \"https://x.org\", audiences: a, client: " + client + " }\n";
        return IssuersFile.read(HEAD + one, "issuers.yaml")
                .orThrow()
                .getFirst()
                .client()
                .orElseThrow()
                .deviceId();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        lab: { url: "http://iam.example.org/", audiences: a }                 | is no https address
        lab: { url: "iam.example.org", audiences: a }                         | is no https address
        lab: { url: "ftp://127.0.0.1/", audiences: a }                        | is no https address
        lab: { url: "https://me@iam.example.org/", audiences: a }             | is no https address
        lab: { url: "https://127.0.0.1.evil.example/#x", audiences: a }       | is no https address
        lab: { url: "http://127.0.0.1.evil.example/", audiences: a }          | is no https address
        lab: { url: "https://x.org", keys: "http://x.org/k", audiences: a }   | is no https address
        lab: { url: "https://x.org" }                                         | audiences
        lab: { url: "https://x.org", audiences: [] }                          | audiences
        lab: { audiences: a }                                                 | url
        lab: { url: "https://x.org", audiences: a, profile: scitokens }       | is no profile
        lab: { url: "https://x.org", audiences: a, longest: ever }            | is no span of time
        lab: { url: "https://x.org", audiences: a, teams: b }                | teams
        lab: https://x.org                                                    | an issuer is
        lab: { url: "https://x.org", audiences: a, client: house }            | client
        lab: { url: "https://x.org", audiences: a, client: { secret: x } }    | id
        """)
    void whatIsWrongWithAnIssuerIsTold(String issuer, String told) {
        assertThat(findings(HEAD + "  " + issuer + "\n")).anySatisfy(finding -> {
            assertThat(finding.say("issuers.yaml")).startsWith("issuers.yaml:3").contains(told);
        });
    }

    @Test
    void anIssuerStandsThereOnce() {
        String one = "{ url: \"https://x.org\", audiences: a }\n";
        assertThat(findings(HEAD + "  lab: " + one + "  lab2: " + one))
                .anySatisfy(finding -> assertThat(finding.say("issuers.yaml"))
                        .startsWith("issuers.yaml:4")
                        .contains("stands here twice"));
    }
}
