package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.cli.wire.Secret;
import holdfast.cli.wire.Server;
import holdfast.formats.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code secret rotate}: a new secret; the old one is worth nothing from then on. */
@Command(
        name = "rotate",
        description =
                "Has the server make a new secret and puts it into the secret file; the old one is worth nothing.",
        mixinStandardHelpOptions = true)
final class SecretRotate implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(names = "--dry-run", description = "Check that the present secret is right, change nothing.")
    private boolean dryRun;

    /** The answer of {@code POST /secret/rotate}. */
    record Fresh(String secret) {}

    /** What a dry run says with {@code --json}. */
    record Meant(boolean dryRun, boolean right) {}

    /** No body is needed. */
    record Nothing() {}

    @Override
    public Integer call() {
        Server server = connection.server();
        if (dryRun) {
            server.get(Route.of("status"));
            if (connection.json()) {
                connection.out().println(Json.write(new Meant(true, true)));
            }
            connection.say("the secret is right and would be replaced");
            return ExitCode.OK;
        }
        Fresh fresh = Json.read(connection.post(Route.of("secret", "rotate"), new Nothing()), Fresh.class);
        if (server.shown() instanceof Secret old && old.file().isPresent()) {
            return keep(old, old.file().get(), fresh);
        }
        connection.say("new secret, shown this once: " + fresh.secret());
        return ExitCode.OK;
    }

    /** The server knows only the new one by now, so it must not be lost even when the file cannot be written. */
    private int keep(Secret old, Path file, Fresh fresh) {
        try {
            old.replace(fresh.secret());
            connection.say("the new secret stands in " + file);
            return ExitCode.OK;
        } catch (IOException bad) {
            connection
                    .err()
                    .println(file + " could not be written: " + bad.getMessage()
                            + "; write the new secret there yourself, it is shown this once: " + fresh.secret());
            return ExitCode.FOUND_WRONG;
        }
    }
}
