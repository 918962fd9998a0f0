package holdfast.server.drivers.webdav;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * Breaks a request off whose bytes nobody takes any more: a blocked write has no time limit of its own. Progress is that the next
 * bytes are asked for.
 */
final class StallWatch implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile long progressAt = System.nanoTime();
    private volatile boolean broken;

    StallWatch(HttpUriRequestBase request, Duration stall) {
        Thread.ofVirtual().name("stall-watch").start(() -> {
            try {
                while (!done.await(Math.max(1, stall.toMillis() / 4), TimeUnit.MILLISECONDS)) {
                    if (System.nanoTime() - progressAt > stall.toNanos()) {
                        broken = true;
                        request.cancel();
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    InputStream watched(InputStream bytes) {
        return new FilterInputStream(bytes) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                progressAt = System.nanoTime();
                int read = super.read(into, from, length);
                progressAt = System.nanoTime();
                return read;
            }
        };
    }

    boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        done.countDown();
    }
}
