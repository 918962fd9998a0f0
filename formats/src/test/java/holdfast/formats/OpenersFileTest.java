package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file that names programs which the server runs: whatever is not meant as it stands is told, with its place and what to do. */
class OpenersFileTest {
    private static final String HEAD = "holdfast-openers: 1\nopeners:\n";

    private static List<Finding> findings(String text) {
        return switch (OpenersFile.read(text, "openers.yaml")) {
            case Result.Read<List<Opener>> read -> throw new AssertionError("it was taken: " + read.value());
            case Result.Refused<List<Opener>> refused -> refused.findings();
        };
    }

    @Test
    void anOpenerIsReadWithItsLimitOrWithoutOne() {
        assertThat(OpenersFile.read(HEAD + """
              root: { command: [/usr/bin/look, -q, "{file}"], limit: 90 s }
              raw-v2: { command: [/usr/bin/look, "{file}"] }
            """, "openers.yaml").orThrow())
                .containsExactly(
                        new Opener("root", List.of("/usr/bin/look", "-q", Opener.FILE), Duration.ofSeconds(90)),
                        new Opener("raw-v2", List.of("/usr/bin/look", Opener.FILE), Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        root: { command: [look, "{file}"] }                 | is no absolute path
        root: { command: [./look, "{file}"] }               | is no absolute path
        root: { command: ["{file}", /usr/bin/look] }        | is no absolute path
        root: { command: [/usr/bin/look] }                  | does not say where the file goes
        root: { command: [/usr/bin/look, file] }            | does not say where the file goes
        root: { command: [/usr/bin/look, "x{file}"] }       | does not say where the file goes
        root: { command: [/bin/cp, "{file}", "{file}"] }    | does not say where the file goes
        root: { limit: 5 min }                              | command
        root: { command: [] }                               | command
        root: { command: [/usr/bin/look, "{file}"], limit: soon } | is no span of time
        root: { command: [/usr/bin/look, "{file}"], user: me }    | user
        Root: { command: [/usr/bin/look, "{file}"] }        | is no name of a format
        a/b: { command: [/usr/bin/look, "{file}"] }         | is no name of a format
        .root: { command: [/usr/bin/look, "{file}"] }       | is no name of a format
        a23456789012345678901234567890123: { command: [/usr/bin/look, "{file}"] } | is no name of a format
        root: /usr/bin/look                                 | an opener is
        root: [/usr/bin/look, "{file}"]                     | an opener is
        """)
    void whatIsWrongWithAnOpenerIsTold(String opener, String told) {
        assertThat(findings(HEAD + "  " + opener + "\n")).anySatisfy(finding -> {
            assertThat(finding.say("openers.yaml")).startsWith("openers.yaml:3").contains(told);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        'openers: {}'                                       | holdfast-openers
        'holdfast-openers: 2\\nopeners: {}'                  | holdfast-openers
        'holdfast-openers: 1'                               | openers
        'holdfast-openers: 1\\nopeners: [root]'              | openers
        'holdfast-openers: 1\\nopeners: {'                   | openers.yaml
        '- root'                                            | openers.yaml
        """)
    void whatIsNoFileOfOpenersIsTold(String text, String told) {
        assertThat(findings(text.replace("\\n", "\n")))
                .anySatisfy(finding -> assertThat(finding.say("openers.yaml")).contains(told));
    }

    @Test
    void twoFaultsAreToldAtOnce() {
        assertThat(findings(HEAD + """
              Root: { command: [look, "{file}"] }
              raw: { command: [/usr/bin/look] }
            """)).hasSize(3);
    }
}
