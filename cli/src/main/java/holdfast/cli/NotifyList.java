package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code notify list}: the alarms that stand, who has taken them, and whether the messages arrive. */
@Command(
        name = "list",
        description = "Lists the alarms that stand and who has taken them; exit 1 when one stands that nobody took.",
        mixinStandardHelpOptions = true)
final class NotifyList implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(names = "--all", description = "Show also the last that ended, and the last messages.")
    private boolean all;

    /** The answer of {@code GET /alarms}. */
    record Board(Instant at, List<String> channels, List<Alarm> alarms, List<Delivery> deliveries) {}

    record Alarm(
            String id,
            String kind,
            String about,
            String words,
            long size,
            Instant began,
            @Nullable Instant ended,
            @Nullable Instant told,
            @Nullable Acknowledged acknowledged) {}

    record Acknowledged(String by, Instant at, @Nullable Instant until, boolean covers) {}

    record Delivery(
            String message,
            String occasion,
            String subject,
            Instant at,
            String channel,
            int attempts,
            @Nullable Instant delivered,
            @Nullable Instant nextTry,
            @Nullable String problem) {}

    @Override
    public Integer call() {
        Board board = Json.read(connection.get(Route.of("alarms")), Board.class);
        List<Alarm> standing =
                board.alarms().stream().filter(a -> a.ended() == null).toList();
        connection.say(standing.isEmpty() ? "No alarm stands." : standing.size() + " alarms stand");
        standing.forEach(a -> tell(board, a));
        if (all) {
            board.alarms().stream().filter(a -> a.ended() != null).forEach(a -> tell(board, a));
        }
        channels(board);
        return standing.stream().allMatch(NotifyList::isTaken) ? ExitCode.OK : ExitCode.FOUND_WRONG;
    }

    private static boolean isTaken(Alarm a) {
        return a.acknowledged() != null && a.acknowledged().covers();
    }

    private void tell(Board board, Alarm a) {
        String kind = a.kind().replace('_', ' ') + (a.about().isEmpty() ? "" : " " + a.about());
        String when = a.ended() == null
                ? "for " + TimeText.span(Duration.between(a.began(), board.at()))
                : "ended " + TimeText.minute(a.ended());
        connection.say("");
        connection.say("%s  %s, %s, %s".formatted(a.id(), kind, when, told(a)));
        connection.say("  " + a.words());
        if (a.acknowledged() != null) {
            connection.say("  " + taken(a.acknowledged()));
        }
    }

    private static String told(Alarm a) {
        return a.told() == null ? "said to nobody" : "last said " + TimeText.minute(a.told());
    }

    private static String taken(Acknowledged k) {
        String until = k.until() == null ? "until it ends" : "until " + TimeText.minute(k.until());
        String covers = k.covers() ? "" : "; it has run out, or more came since";
        return "taken by %s at %s, %s%s".formatted(k.by(), TimeText.minute(k.at()), until, covers);
    }

    private void channels(Board board) {
        connection.say("");
        connection.say(
                board.channels().isEmpty()
                        ? "Nobody is told: the server was started without --notify FILE."
                        : "Told: " + String.join(", ", board.channels()));
        board.deliveries().stream()
                .filter(d -> all || d.delivered() == null)
                .forEach(d -> connection.say("  %s  %s to %s: %s%s"
                        .formatted(
                                TimeText.minute(d.at()),
                                d.subject(),
                                d.channel(),
                                d.delivered() == null
                                        ? "NOT TAKEN after %d attempts".formatted(d.attempts())
                                        : "taken " + TimeText.minute(d.delivered()),
                                d.problem() == null ? "" : ", " + d.problem())));
    }
}
