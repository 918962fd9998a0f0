package holdfast.alarm;

import java.time.Duration;

/**
 * When something is worth an alarm.
 *
 * @param proofLeft the share of a proof's time, in percent, at which it runs out soon; renewal begins at 20 percent left
 * @param head how long no signed head may be written outside the database
 * @param segment how long an entry of the journal may wait to be shipped in a segment
 * @param drill how long ago the last restore drill may be
 * @param diskLeft free space, in percent of all of it, below which a disk is called full
 */
public record Thresholds(double proofLeft, Duration head, Duration segment, Duration drill, double diskLeft) {
    public static final Thresholds DEFAULTS =
            new Thresholds(10, Duration.ofMinutes(30), Duration.ofMinutes(15), Duration.ofDays(100), 10);
}
