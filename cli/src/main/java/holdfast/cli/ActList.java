package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Override
    public Integer call() {
        ActReport[] acts = Json.read(connection.get(Route.of("acts").with("all", all)), ActReport[].class);
        if (acts.length == 0) {
            connection.say("No act waits for anything.");
        }
        for (ActReport act : acts) {
            connection.say(act.line());
        }
        return ExitCode.OK;
    }
}
