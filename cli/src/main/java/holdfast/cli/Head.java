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

/** {@code head}: the journal's signed head, to be kept where the server cannot reach it. */
@Command(
        name = "head",
        description = "Fetches the journal's signed head; keep it elsewhere, evidence is verified against it.",
        mixinStandardHelpOptions = true)
final class Head implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the head here; else to standard output.")
    private @Nullable Path out;

    /** The answer of {@code GET /journal/head}. */
    record Signed(
            long size, @Nullable String root, @Nullable String at, String text) {}

    @Override
    public Integer call() throws IOException {
        Signed head = Json.read(connection.get(Route.of("journal", "head")), Signed.class);
        if (out != null) {
            Files.writeString(out, head.text());
            connection.say("head of %d entries written to %s".formatted(head.size(), out));
        } else if (!connection.json()) {
            connection.out().println(head.text().stripTrailing());
        }
        return ExitCode.OK;
    }
}
