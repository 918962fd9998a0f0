package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code notify test}: sends a trial message to every channel. */
@Command(
        name = "test",
        description = "Sends a trial message to every channel; holdfast notify list --all says whether it was taken.",
        mixinStandardHelpOptions = true)
final class NotifyTrial implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who asks for it; your user name on this machine if not given.")
    private String by;

    /** The body of {@code POST /alarms/trial}. */
    record Trying(String by) {}

    /** Its answer. */
    record Trial(String message, List<String> channels) {}

    @Override
    public Integer call() {
        Trial trial = Json.read(connection.post(Route.of("alarms", "trial"), new Trying(by)), Trial.class);
        connection.say("message %s is on its way to %s; see holdfast notify list --all"
                .formatted(trial.message(), String.join(", ", trial.channels())));
        return ExitCode.OK;
    }
}
