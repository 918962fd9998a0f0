package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runs import}: takes in what an outside register says was taken and should have arrived. */
@Command(
        name = "import",
        description = "Takes in a register file; completeness is judged against it.",
        mixinStandardHelpOptions = true)
final class RunsImport implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "FILE", description = "The register (docs/reference/register-file.md).")
    private Path file;

    @Option(names = "--dry-run", description = "Check the whole register, take nothing in.")
    private boolean dryRun;

    /** The answer of {@code POST /runs}. */
    record Taken(String source, String asOf, long runs, long files, long openRuns) {}

    @Override
    public Integer call() throws IOException {
        String text = read();
        String answer = connection.ask(s -> s.postText(Route.of("runs").with("dryRun", dryRun), text));
        Taken taken = Json.read(answer, Taken.class);
        connection.say("%s register of %s as of %s: %d runs, %d files, %d runs not closed"
                .formatted(
                        dryRun ? "would take in the" : "took in the",
                        taken.source(),
                        taken.asOf(),
                        taken.runs(),
                        taken.files(),
                        taken.openRuns()));
        return ExitCode.OK;
    }

    private String read() throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException gone) {
            throw new ParameterException(spec.commandLine(), file + " is not there.", gone, null, "");
        }
    }
}
