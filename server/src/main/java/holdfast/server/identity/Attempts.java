package holdfast.server.identity;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Slows down whoever guesses: after five wrong passwords in a row an identity must wait before the next is looked at, twice
 * as long each time, at most 30 s. Known to this node only; a right one ends it.
 */
final class Attempts {
    private static final int FREE = 5;
    private static final long FIRST_WAIT = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_WAIT = Duration.ofSeconds(30).toNanos();
    private static final int REMEMBERED = 10_000;

    private final Map<Identity, Failed> failures = new ConcurrentHashMap<>();
    private final LongSupplier counter;

    private record Failed(int times, long at) {
        long pause() {
            return times < FREE ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT << Math.min(times - FREE, 10));
        }
    }

    Attempts(LongSupplier counter) {
        this.counter = counter;
    }

    /** How long until a password of this identity is looked at; zero where it is now. */
    Duration toWait(Identity identity) {
        Failed failed = failures.get(identity);
        if (failed == null) {
            return Duration.ZERO;
        }
        long left = failed.at() + failed.pause() - counter.getAsLong();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    void failed(Identity identity) {
        if (failures.size() > REMEMBERED) {
            failures.clear();
        }
        long now = counter.getAsLong();
        failures.merge(identity, new Failed(1, now), (before, one) -> new Failed(before.times() + 1, now));
    }

    void succeeded(Identity identity) {
        failures.remove(identity);
    }
}
