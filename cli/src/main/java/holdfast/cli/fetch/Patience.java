package holdfast.cli.fetch;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A stream that is given up when no byte comes for too long; a reader that waits is told so. */
final class Patience extends FilterInputStream {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("patience").factory());

    private final Closeable whole;
    private final Duration limit;
    private final ScheduledFuture<?> watch;
    private volatile long last = System.nanoTime();
    private volatile boolean over;

    /** @param whole closed to end the stream, also while somebody reads it */
    Patience(InputStream bytes, Closeable whole, Duration limit) {
        super(bytes);
        this.whole = whole;
        this.limit = limit;
        long often = Math.max(1, limit.toMillis() / 4);
        this.watch = CLOCK.scheduleWithFixedDelay(this::look, often, often, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (System.nanoTime() - last < limit.toNanos()) {
            return;
        }
        over = true;
        try {
            whole.close();
        } catch (IOException closing) {
            // The reader is told all the same.
            return;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            int read = super.read(bytes, from, length);
            last = System.nanoTime();
            if (!over) {
                return read;
            }
        } catch (IOException e) {
            if (!over) {
                throw e;
            }
        }
        throw new IOException("no byte came for %d s".formatted(limit.toSeconds()));
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        super.close();
    }
}
