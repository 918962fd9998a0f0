package holdfast.transfer;

import holdfast.storage.ThirdPartyCopy.Fault;
import java.time.Duration;

/**
 * How long a copy that failed waits for its next try: by who has to do something about it, and doubled with each try. What passes by
 * itself is tried soon; a full disk or a lost source is given the time that people need.
 */
public final class Retry {
    private static final int MOST_DOUBLINGS = 12;

    private Retry() {}

    /**
     * The wait before the next try.
     *
     * @param attempts how often it was tried, from 1 on
     */
    public static Duration after(Fault fault, int attempts) {
        Duration first = first(fault);
        Duration wait = first.multipliedBy(1L << Math.min(Math.max(attempts, 0), MOST_DOUBLINGS));
        Duration longest = longest(fault);
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    private static Duration first(Fault fault) {
        return switch (fault) {
            case TRANSIENT, NOT_THIS_WAY -> Duration.ofSeconds(2);
            case SOURCE -> Duration.ofSeconds(10);
            case DESTINATION -> Duration.ofSeconds(30);
        };
    }

    private static Duration longest(Fault fault) {
        return switch (fault) {
            case TRANSIENT, NOT_THIS_WAY -> Duration.ofMinutes(10);
            case SOURCE, DESTINATION -> Duration.ofHours(1);
        };
    }
}
