package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ingest release-list}: what a source may delete now, signed, and why not the rest. */
@Command(
        name = "release-list",
        description =
                "Fetches the signed list of files that a source may now delete, and all others with their reason.",
        mixinStandardHelpOptions = true)
final class ReleaseList implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(names = "--source", required = true, paramLabel = "S", description = "Who brought the files.")
    private String source;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the list here; to standard output if not given.")
    private @Nullable Path out;

    @Option(names = "--dry-run", description = "Show the list unsigned, and record nothing.")
    private boolean dryRun;

    /** Where the list was written, or the list itself. */
    record Written(
            String source, @Nullable String file, @Nullable String text) {}

    @Override
    public Integer call() throws IOException {
        String list = connection
                .server()
                .get(Route.of("ingest", "release-list").with("source", source).with("dryRun", dryRun));
        if (out != null) {
            Files.writeString(out, list);
        }
        if (connection.json()) {
            String file = out == null ? null : out.toString();
            connection.out().println(Json.write(new Written(source, file, out == null ? list : null)));
        } else if (out == null) {
            connection.out().print(list);
            connection.out().flush();
        } else {
            connection.say("written to " + out);
        }
        return ExitCode.OK;
    }
}
