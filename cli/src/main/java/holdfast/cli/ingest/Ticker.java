package holdfast.cli.ingest;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says how far a bringing of files is: files, bytes, rate, and how long it will still take at that rate. */
public final class Ticker implements AutoCloseable {
    private static final double MEGA = 1e6;

    private final PrintWriter err;
    private final Meter meter;
    private final Goal goal;
    private final Form form;
    private final long begun = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::tick);

    /** How it is told: one line written again and again, as a terminal can; a line now and then; not at all. */
    public enum Form {
        ONE_LINE,
        LINES,
        SILENT
    }

    /** What has been done so far. */
    public interface Meter {
        /** Files of which it is known what became of them. */
        long files();

        /** Bytes read so far. */
        long bytes();
    }

    /** All there is to do. */
    public record Goal(long files, long bytes) {}

    private Ticker(PrintWriter err, Meter meter, Goal goal, Form form) {
        this.err = err;
        this.meter = meter;
        this.goal = goal;
        this.form = form;
    }

    /** Begins to tell. */
    public static Ticker start(PrintWriter err, Meter meter, Goal goal, Form form) {
        Ticker ticker = new Ticker(err, meter, goal, form);
        if (form != Form.SILENT) {
            ticker.thread.start();
        }
        return ticker;
    }

    private void tick() {
        try {
            while (!over.await(form == Form.ONE_LINE ? 250 : 5_000, TimeUnit.MILLISECONDS)) {
                err.print(form == Form.ONE_LINE ? "\r" + line() + "\u001b[K" : line() + "\n");
                err.flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The line as it stands now. */
    private String line() {
        double seconds = Math.max(1e-3, (System.nanoTime() - begun) / 1e9);
        long bytes = meter.bytes();
        long files = meter.files();
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
        if (form == Form.ONE_LINE) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
