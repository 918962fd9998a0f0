package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.cli.wire.Server;
import holdfast.formats.Json;
import holdfast.vocabulary.Readership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evidence export}: plan, journal and verdicts in one file that needs no server to be checked. */
@Command(
        name = "export",
        description =
                "Writes the evidence bundle: journal, plan and verdicts, to be checked with: holdfast verify FILE.",
        mixinStandardHelpOptions = true)
final class EvidenceExport implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "FILE", description = "Where the bundle is written, such as evidence.zip.")
    private Path file;

    @Option(
            names = "--for",
            paramLabel = "READERS",
            description =
                    "What these may know, and no more: public, which needs no login, or members. Without it the whole"
                            + " journal, for the custodian.")
    private @Nullable String readers;

    @Option(names = "--overwrite", description = "Replace FILE when it is there.")
    private boolean overwrite;

    /** What was written. */
    record Written(String file, long bytes) {}

    @Override
    public Integer call() throws IOException {
        if (Files.exists(file) && !overwrite) {
            throw new ParameterException(
                    spec.commandLine(), file + " is there already; evidence is not replaced without --overwrite.");
        }
        Optional<Readership> some = readership();
        // What is for everybody needs no login, and there may be none here.
        Server from = some.equals(Optional.of(Readership.PUBLIC)) ? connection.unknown() : connection.server();
        from.download(
                some.map(these -> Route.of("evidence", these.word())).orElseGet(() -> Route.of("evidence")), file);
        Written written = new Written(file.toString(), Files.size(file));
        if (connection.json()) {
            connection.out().println(Json.write(written));
        }
        String anchor = readers == null ? "--key KEY --head HEAD" : "--key KEY";
        connection.say("%s, %d bytes; check it anywhere with: holdfast verify %s %s"
                .formatted(written.file(), written.bytes(), written.file(), anchor));
        return ExitCode.OK;
    }

    private Optional<Readership> readership() {
        return Optional.ofNullable(readers)
                .map(word -> Readership.of(word)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(), "--for takes public or members, not '" + word + "'.")));
    }
}
