package holdfast.server.edge;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Lets so many through a second for each key, after a burst of so many at once (the generic cell rate algorithm: one number
 * for a key, the moment at which its burst will be whole again).
 */
final class Turnstile {
    private static final int REMEMBERED = 100_000;

    private final Map<String, Long> whole = new ConcurrentHashMap<>();
    private final long each;
    private final long most;
    private final LongSupplier counter;

    /**
     * How often.
     *
     * @param perSecond in the long run
     * @param burst at once
     */
    record Rate(int perSecond, int burst) {
        Rate {
            if (perSecond < 1 || burst < 1) {
                throw new IllegalArgumentException("a rate is 1 or more a second, and 1 or more at once");
            }
        }
    }

    /** @param counter nanoseconds that only grow */
    Turnstile(Rate rate, LongSupplier counter) {
        this.each = Duration.ofSeconds(1).toNanos() / rate.perSecond;
        this.most = each * rate.burst;
        this.counter = counter;
    }

    /** How long a key has to wait before it may pass; zero where it may now. Asking costs nothing. */
    Duration toWait(String key) {
        long now = counter.getAsLong();
        long at = whole.getOrDefault(key, now);
        return Duration.ofNanos(Math.max(0, at + each - now - most));
    }

    /** Counts one pass. */
    void pass(String key) {
        if (whole.size() > REMEMBERED) {
            long now = counter.getAsLong();
            whole.values().removeIf(at -> at - now <= 0);
        }
        whole.merge(key, counter.getAsLong() + each, (at, fresh) -> Math.max(at + each, fresh));
    }
}
