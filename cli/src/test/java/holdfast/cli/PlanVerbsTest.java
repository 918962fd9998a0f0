package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlanVerbsTest {
    private static final Path PLANS = Path.of("..", "plans");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine =
            Holdfast.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @BeforeEach
    void copyPlans() throws IOException {
        for (String file : new String[] {"belle2.yaml", "belle2-sites.yaml", "belle2-policy.yaml"}) {
            Files.copy(PLANS.resolve(file), folder.resolve(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"belle2.yaml", "small-lab.yaml"})
    void shippedPlansAreRight(String file) {
        assertThat(commandLine.execute("plan", "check", PLANS.resolve(file).toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains(file + ": right, SHA-256 ", "-sites.yaml: right", "-policy.yaml: right");
    }

    @Test
    void aWrongPlanIsNamedWithLineColumnAndHint() throws IOException {
        edit("belle2.yaml", "site: KEK, medium", "site: KEKK, medium");
        assertThat(commandLine.execute("plan", "check", plan())).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(out.toString())
                .containsPattern("belle2\\.yaml:[0-9]+:[0-9]+: site 'KEKK' is not known \\(did you mean 'KEK'\\?\\)")
                .contains("1 finding");
    }

    @Test
    void wrongSitesAreNamedAndThePlanIsSaidNotToBeChecked() throws IOException {
        edit("belle2-sites.yaml", "BNL: 30", "BNL: 31");
        assertThat(commandLine.execute("plan", "check", plan(), "--json")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(out.toString()).contains("sum to 101", "\"right\" : false", "was not checked");
    }

    @Test
    void aMissingSitesFileIsWrongUseAndSaysTheOption() throws IOException {
        Files.delete(folder.resolve("belle2-sites.yaml"));
        assertThat(commandLine.execute("plan", "check", plan())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("belle2-sites.yaml is not there; name another with --sites FILE");
    }

    @Test
    void aClauseIsExplainedInWordsWithItsBasisAndItsTable() {
        assertThat(commandLine.execute("plan", "explain", "P-26", "--plan", plan()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("P-26  Another complete replica", "section      2.4.1", "the sites of mou-raw except KEK")
                .contains("[reading A-1]", "BNL 30 %", "unconfirmed, entered by");
    }

    @Test
    void aStatementIsExplainedAsNone() {
        commandLine.execute("plan", "explain", "P-20", "--plan", plan());
        assertThat(out.toString()).contains("binds nobody and is never counted among the met");
    }

    @Test
    void anUnknownClauseIsWrongUse() {
        assertThat(commandLine.execute("plan", "explain", "P-99", "--plan", plan()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no clause P-99", "P-26");
    }

    @Test
    void aLoosenedClauseLeadsTheComparisonAndTheDigestEndsIt() throws IOException {
        edit("belle2.yaml", "have copies: { at least: 2 }", "have copies: { at least: 1 }");
        Path old = PLANS.resolve("belle2.yaml");
        assertThat(commandLine.execute("plan", "diff", plan(), "--old", old.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .containsSubsequence("loosened", "P-23: must have at least 1 copy", "to adopt it: holdfast plan adopt ")
                .containsPattern("--digest [0-9a-f]{64}");
    }

    @Test
    void equalPlansAskTheSameInJsonToo() {
        Path old = PLANS.resolve("belle2.yaml");
        commandLine.execute("plan", "diff", plan(), "--old", old.toString());
        assertThat(out.toString()).contains("They ask the same.");
        commandLine.execute("plan", "diff", plan(), "--old", old.toString(), "--json");
        assertThat(out.toString()).contains("\"loosens\" : false", "\"changes\" : [ ]");
    }

    private String plan() {
        return folder.resolve("belle2.yaml").toString();
    }

    private void edit(String file, String was, String is) throws IOException {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(was);
        Files.writeString(path, text.replace(was, is));
    }
}
