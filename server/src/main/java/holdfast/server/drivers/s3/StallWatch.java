package holdfast.server.drivers.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;

/**
 * Ends one upload when the far side takes no bytes for too long: a blocked write to a socket has no limit of its own. The
 * time in which the source gives none is not counted.
 */
final class StallWatch {
    private final Duration limit;
    /** When the bytes that were read last were handed on, by the monotonic counter. */
    private volatile long since;

    private volatile boolean sending;
    private volatile boolean stalled;

    StallWatch(Duration limit) {
        this.limit = limit;
    }

    InputStream watched(InputStream content) {
        return new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                sending = false;
                int read = in.read(bytes, from, length);
                since = System.nanoTime();
                sending = true;
                return read;
            }
        };
    }

    /** Makes the call, and ends it when it stalls. */
    HttpExecuteResponse over(ExecutableHttpRequest call) throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        Thread.ofVirtual().name("stall-watch").start(() -> watch(call, over));
        try {
            return call.call();
        } catch (IOException e) {
            if (stalled) {
                throw new Stalled(limit, e);
            }
            throw e;
        } finally {
            over.countDown();
        }
    }

    private void watch(ExecutableHttpRequest call, CountDownLatch over) {
        try {
            while (!over.await(Math.max(1, limit.toMillis() / 4), TimeUnit.MILLISECONDS)) {
                if (sending && System.nanoTime() - since > limit.toNanos()) {
                    stalled = true;
                    call.abort();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
