package holdfast.server.work;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows whether somebody waits for an answer to a change. What is written in bulk comes as one call after the other, so a
 * moment after the last one still counts.
 */
public final class Bustle {
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long quietSince = System.nanoTime() - MOMENT.toNanos();

    /** Somebody who waits until this is closed. */
    public interface Waiting extends AutoCloseable {
        @Override
        void close();
    }

    public Waiting begin() {
        waiting.incrementAndGet();
        return () -> {
            quietSince = System.nanoTime();
            waiting.decrementAndGet();
        };
    }

    public boolean isOn() {
        return waiting.get() > 0 || System.nanoTime() - quietSince < MOMENT.toNanos();
    }
}
