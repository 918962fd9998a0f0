package holdfast.cli;

import holdfast.cli.wire.Route;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code release}: asks that one copy may go; refused with every clause that forbids it. */
@Command(
        name = "release",
        description = "Asks that one copy of a file may be deleted; exit 1 with every clause that forbids it.",
        mixinStandardHelpOptions = true)
final class Release implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "DID", description = "The file, as scope:name.")
    private String did;

    @Parameters(paramLabel = "STORAGE", description = "The storage element that holds the copy.")
    private String storage;

    @Option(names = "--dry-run", description = "Say whether it would be allowed, release nothing.")
    private boolean dryRun;

    /** The body of {@code POST /releases}. */
    record Asked(String did, String storage) {}

    @Override
    public Integer call() {
        connection.post(Route.of("releases").with("dryRun", dryRun), new Asked(did, storage));
        connection.say((dryRun ? "may be released: " : "is being released: ") + did + " at " + storage);
        return ExitCode.OK;
    }
}
