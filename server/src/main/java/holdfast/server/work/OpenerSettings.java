package holdfast.server.work;

import java.time.Duration;

/**
 * How samples are opened.
 *
 * @param files how many files of each class are opened at an element
 * @param ahead the share of the time that a sample holds after which the next is opened
 * @param look how often it is asked what is due
 * @param retry how soon a sample is tried again of which nothing is known, or some did not open
 * @param lease how long one node keeps an element to itself without a sign of life while it opens files
 */
public record OpenerSettings(int files, double ahead, Duration look, Duration retry, Duration lease) {
    public static final OpenerSettings DEFAULTS =
            new OpenerSettings(2, 0.5, Duration.ofSeconds(30), Duration.ofHours(6), Duration.ofMinutes(1));

    public OpenerSettings withLease(Duration other) {
        return new OpenerSettings(files, ahead, look, retry, other);
    }
}
