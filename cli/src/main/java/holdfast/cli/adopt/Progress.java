package holdfast.cli.adopt;

import holdfast.cli.ingest.Ticker.Form;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Says how far a reading is: what is being read, how much of it, how fast, and how long it will still take. */
public final class Progress implements AutoCloseable {
    private final PrintWriter err;
    private final Form form;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::tick);
    private volatile Stage stage = new Stage("the beginning", OptionalLong.empty());

    /** One kind of thing that is read. */
    private static final class Stage {
        private final String what;
        private final OptionalLong total;
        private final long begun = System.nanoTime();
        private final LongAdder done = new LongAdder();

        Stage(String what, OptionalLong total) {
            this.what = what;
            this.total = total;
        }

        String line() {
            double seconds = Math.max(1e-3, (System.nanoTime() - begun) / 1e9);
            long now = done.sum();
            String rate = String.format(Locale.ROOT, "%,.0f/s", now / seconds);
            if (total.isEmpty() || now == 0) {
                return String.format(Locale.ROOT, "%s: %,d, %s", what, now, rate);
            }
            Duration left = Duration.ofSeconds((long) (seconds * Math.max(0, total.getAsLong() - now) / now));
            return String.format(
                    Locale.ROOT,
                    "%s: %,d of %,d, %s, %d min %d s left",
                    what,
                    now,
                    total.getAsLong(),
                    rate,
                    left.toMinutes(),
                    left.toSecondsPart());
        }
    }

    private Progress(PrintWriter err, Form form) {
        this.err = err;
        this.form = form;
    }

    /** Begins to tell. */
    public static Progress start(PrintWriter err, Form form) {
        Progress progress = new Progress(err, form);
        if (form != Form.SILENT) {
            progress.thread.start();
        }
        return progress;
    }

    void begin(String what, OptionalLong total) {
        if (form == Form.LINES && stage.done.sum() > 0) {
            print(stage.line() + "\n");
        }
        stage = new Stage(what, total);
    }

    void done(long more) {
        stage.done.add(more);
    }

    private void tick() {
        try {
            while (!over.await(form == Form.ONE_LINE ? 250 : 5_000, TimeUnit.MILLISECONDS)) {
                print(form == Form.ONE_LINE ? "\r" + stage.line() + "\u001b[K" : stage.line() + "\n");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(String text) {
        err.print(text);
        err.flush();
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
            print("\r\u001b[K");
        } else if (form == Form.LINES && stage.done.sum() > 0) {
            print(stage.line() + "\n");
        }
    }
}
