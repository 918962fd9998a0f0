package holdfast.server.work;

import java.time.Duration;

/**
 * How elements are watched and drilled.
 *
 * @param lease how long one node keeps the watch of an element to itself
 * @param drillAhead the share of the plan's interval after which a recall drill is done again
 * @param drillRetry how soon a drill that failed, or could not be done, is tried again
 * @param drillLease how long one node keeps an element to itself without a sign of life while it drills
 */
public record WatchSettings(Duration lease, double drillAhead, Duration drillRetry, Duration drillLease) {
    public static final WatchSettings DEFAULTS =
            new WatchSettings(Duration.ofMinutes(1), 0.5, Duration.ofHours(1), Duration.ofMinutes(1));

    /** Both leases last so long. */
    public WatchSettings withLease(Duration other) {
        return new WatchSettings(other, drillAhead, drillRetry, other);
    }
}
