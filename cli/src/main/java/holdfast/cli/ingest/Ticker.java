package holdfast.cli.ingest;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says how far an ingest is: files, bytes, rate, and how long it will still take at that rate. */
public final class Ticker implements AutoCloseable {
    private static final double MEGA = 1e6;

    private final PrintWriter err;
    private final Tally tally;
    private final Goal goal;
    private final boolean onOneLine;
    private final long begun = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::tick);

    /** All there is to do. */
    public record Goal(long files, long bytes) {}

    private Ticker(PrintWriter err, Tally tally, Goal goal, boolean onOneLine) {
        this.err = err;
        this.tally = tally;
        this.goal = goal;
        this.onOneLine = onOneLine;
    }

    /** Begins to tell; on a terminal one line is written again and again, elsewhere a line now and then. */
    public static Ticker start(PrintWriter err, Tally tally, Goal goal, boolean terminal) {
        Ticker ticker = new Ticker(err, tally, goal, terminal);
        ticker.thread.start();
        return ticker;
    }

    private void tick() {
        try {
            while (!over.await(onOneLine ? 250 : 5_000, TimeUnit.MILLISECONDS)) {
                err.print(onOneLine ? "\r" + line() + "\u001b[K" : line() + "\n");
                err.flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The line as it stands now. */
    private String line() {
        double seconds = Math.max(1e-3, (System.nanoTime() - begun) / 1e9);
        long bytes = tally.bytes();
        long files = tally.done();
        double share = goal.bytes > 0 ? (double) bytes / goal.bytes : (double) files / Math.max(1, goal.files);
        String left = share <= 0 ? "?" : say(Duration.ofMillis((long) (1e3 * seconds * Math.max(0, 1 / share - 1))));
        return String.format(
                Locale.ROOT,
                "%,d of %,d files, %,.1f of %,.1f MB, %,.0f files/s, %,.1f MB/s, %s left",
                files,
                goal.files,
                bytes / MEGA,
                goal.bytes / MEGA,
                files / seconds,
                bytes / MEGA / seconds,
                left);
    }

    static String say(Duration left) {
        return left.toHours() > 0
                ? left.toHours() + " h " + left.toMinutesPart() + " min"
                : left.toMinutes() > 0
                        ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
                        : left.toSeconds() + " s";
    }

    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (onOneLine) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
