package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code act show}: one act with the text that is signed. */
@Command(name = "show", description = "Shows one act with the text that is signed.", mixinStandardHelpOptions = true)
final class ActShow implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "ID", description = "The act.")
    private String id;

    @Override
    public Integer call() {
        ActReport act = Json.read(connection.get(Route.of("acts", id)), ActReport.class);
        connection.say(act.line());
        act.text().lines().forEach(line -> connection.say("    | " + line));
        return ExitCode.OK;
    }
}
