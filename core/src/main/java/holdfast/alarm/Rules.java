package holdfast.alarm;

import java.time.Duration;
import java.util.Optional;

/**
 * When something is said.
 *
 * @param pause the shortest time between two messages: what comes up meanwhile is said together
 * @param repeat how soon an alarm that nobody took is said again
 * @param alive how often a sign of life is given, so that its absence is an alarm elsewhere; empty for never
 * @param keep how long what has ended is remembered
 */
public record Rules(Duration pause, Duration repeat, Optional<Duration> alive, Duration keep) {
    public static final Rules DEFAULTS =
            new Rules(Duration.ofMinutes(5), Duration.ofHours(4), Optional.empty(), Duration.ofDays(100));
}
