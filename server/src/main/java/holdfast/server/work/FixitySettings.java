package holdfast.server.work;

import java.time.Duration;

/**
 * How inspections are done.
 *
 * @param batchCopies the most copies of one step
 * @param batchBytes the most bytes of one step, though one file is always read whole
 * @param readsAtOnce how many files of one element are read at the same time
 * @param ahead the share of the calendar's interval after which a proof is renewed, so that none is late
 * @param bufferAgain on tape: how soon a copy that was read from the buffer is tried from the medium
 * @param retry how soon a copy that could not be checked is tried again
 * @param scrubNoted how often it is recorded that the canaries were found
 * @param lease how long one node keeps an element to itself
 */
public record FixitySettings(
        int batchCopies,
        long batchBytes,
        int readsAtOnce,
        double ahead,
        Duration bufferAgain,
        Duration retry,
        Duration scrubNoted,
        Duration lease) {
    public static final FixitySettings DEFAULTS = new FixitySettings(
            500,
            1L << 30,
            2,
            0.8,
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            Duration.ofMinutes(1));

    public FixitySettings {
        if (batchCopies < 1 || batchBytes < 1 || readsAtOnce < 1 || !(ahead > 0 && ahead <= 1)) {
            throw new IllegalArgumentException(
                    "fixity settings: batches and reads count from 1, 'ahead' is above 0 and at most 1: " + batchCopies
                            + ", " + batchBytes + ", " + readsAtOnce + ", " + ahead);
        }
    }

    public FixitySettings withLease(Duration other) {
        return new FixitySettings(batchCopies, batchBytes, readsAtOnce, ahead, bufferAgain, retry, scrubNoted, other);
    }
}
