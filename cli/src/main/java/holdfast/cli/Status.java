package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}: how much is kept and what is still to be done. */
@Command(
        name = "status",
        description = "Says how much is kept and what is still to be done.",
        mixinStandardHelpOptions = true)
final class Status implements Callable<Integer> {
    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    @Mixin
    private Connection connection;

    @Option(names = "--wait", description = "Wait until nothing is left to do, seen twice; exit 1 when time is over.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "60s",
            converter = TimeText.Span.class,
            description = "How long to wait, such as 60s or 5min; ${DEFAULT-VALUE} if not given.")
    private Duration timeout;

    /** The answer of {@code GET /status}. */
    record Now(
            long files,
            long copies,
            long homesDue,
            long copiesWanted,
            long copiesWaiting,
            long copiesUnread,
            long journal,
            long entriesUnnumbered,
            long actsWaiting,
            boolean hold,
            boolean quiet) {}

    @Override
    public Integer call() throws InterruptedException {
        if (!wait) {
            show(connection.get(Route.of("status")));
            return ExitCode.OK;
        }
        Instant end = Instant.now().plus(timeout);
        int quiet = 0;
        while (true) {
            String answer = connection.server().get(Route.of("status"));
            quiet = Json.read(answer, Now.class).quiet() ? quiet + 1 : 0;
            boolean late = Instant.now().isAfter(end);
            if (quiet == 2 || late) {
                if (connection.json()) {
                    connection.out().println(answer.strip());
                }
                show(answer);
                return quiet == 2 ? ExitCode.OK : stillBusy();
            }
            Thread.sleep(ASK_AGAIN);
        }
    }

    private int stillBusy() {
        connection.err().println("Work is still left after " + timeout.toSeconds() + " s; wait longer with --timeout.");
        return ExitCode.FOUND_WRONG;
    }

    private void show(String answer) {
        Now now = Json.read(answer, Now.class);
        row("files registered", now.files());
        row("copies held", now.copies());
        row("files to attend to", now.homesDue());
        row("copies ordered", now.copiesWanted());
        row("  of these waiting", now.copiesWaiting());
        row("copies to read back", now.copiesUnread());
        row("journal entries", now.journal());
        row("  not numbered yet", now.entriesUnnumbered());
        row("acts to sign, undo", now.actsWaiting());
        if (now.hold()) {
            connection.say("The house is in custody hold; look with `holdfast hold show`.");
        }
        connection.say(now.quiet() ? "Nothing is left to do now." : "Work is left to do.");
    }

    private void row(String label, long count) {
        connection.say(String.format(Locale.ROOT, "%-20s %,12d", label, count));
    }
}
