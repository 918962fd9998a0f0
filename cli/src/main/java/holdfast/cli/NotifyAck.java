package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code notify ack}: somebody takes an alarm. */
@Command(
        name = "ack",
        description = {
            "Takes an alarm: it is not said again while the acknowledgement holds.",
            "It covers what the alarm is now. What is added later is said, and a repetition comes when it runs out. It"
                    + " changes no verdict."
        },
        mixinStandardHelpOptions = true)
final class NotifyAck implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "ID", description = "The alarm's id, or its first 4 characters or more.")
    private String id;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeText.Moment.class,
            description = "When it runs out: +12h, 2026-08-03 or 2026-08-03T10:00Z; when the alarm ends if not given.")
    private @Nullable Instant until;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who takes it; your user name on this machine if not given. It is recorded.")
    private String by;

    /** The body of {@code POST /alarms/ID/acknowledge}. */
    record Taking(String by, @Nullable String until) {}

    /** Its answer. */
    record Taken(String id, String kind, String about) {}

    @Override
    public Integer call() {
        Taking taking = new Taking(by, until == null ? null : until.toString());
        Taken taken = Json.read(connection.post(Route.of("alarms", id, "acknowledge"), taking), Taken.class);
        connection.say("%s %s is taken by %s %s"
                .formatted(
                        taken.kind().replace('_', ' '),
                        taken.about(),
                        by,
                        until == null ? "until it ends" : "until " + TimeText.minute(until)));
        return ExitCode.OK;
    }
}
