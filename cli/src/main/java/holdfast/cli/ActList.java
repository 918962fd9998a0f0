package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code act list}: what waits for signatures, and what can still be undone. */
@Command(
        name = "list",
        description = "Lists acts that wait for signatures or can still be undone.",
        mixinStandardHelpOptions = true)
final class ActList implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(names = "--all", description = "Every act that ever was, the newest first.")
    private boolean all;

    @Option(names = "--mine", description = "What waits for you: to sign as a signer, or proposed or signed by you.")
    private boolean mine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (mine && all) {
            throw new ParameterException(spec.commandLine(), "Give --mine or --all: --mine lists what still waits.");
        }
        Route from = mine ? Route.of("acts", "waiting") : Route.of("acts").with("all", all);
        ActReport[] acts = Json.read(connection.get(from), ActReport[].class);
        if (acts.length == 0) {
            connection.say(mine ? "No act waits for you." : "No act waits for anything.");
        }
        for (ActReport act : acts) {
            connection.say(act.line());
        }
        return ExitCode.OK;
    }
}
