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

/** {@code key}: the public key that the journal's heads are signed with. */
@Command(
        name = "key",
        description = "Fetches the journal's public key (PEM); keep it elsewhere, evidence is verified with it.",
        mixinStandardHelpOptions = true)
final class Key implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the key here; else to standard output.")
    private @Nullable Path out;

    /** What is written with {@code --json}. */
    record Public(String key) {}

    @Override
    public Integer call() throws IOException {
        String pem = connection.server().get(Route.of("journal", "key"));
        if (connection.json()) {
            connection.out().println(Json.write(new Public(pem)));
        }
        if (out != null) {
            Files.writeString(out, pem);
            connection.say("key written to " + out);
        } else if (!connection.json()) {
            connection.out().print(pem);
            connection.out().flush();
        }
        return ExitCode.OK;
    }
}
