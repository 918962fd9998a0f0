package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HoldfastTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine =
            Holdfast.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void helpListsEveryExitCode() {
        assertThat(commandLine.execute("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Exit codes:", "  0  ", "  1  ", "  2  ", "  3  ");
    }

    @Test
    void aMissingVerbIsWrongUse() {
        assertThat(commandLine.execute()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("A verb is missing.").contains("Usage: holdfast");
    }

    @Test
    void anUnknownVerbIsWrongUseAndIsNamed() {
        assertThat(commandLine.execute("conjure")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("conjure");
    }

    @Test
    void aFailureIsOneSentenceAndNeverTheExitCodeOfAFinding() {
        commandLine.addSubcommand("fail", new Failing()).setErr(new PrintWriter(err));
        assertThat(commandLine.execute("fail")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isEqualToIgnoringNewLines("The server does not answer.");
    }

    @CommandLine.Command
    private static final class Failing implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("The server does not answer.");
        }
    }
}
