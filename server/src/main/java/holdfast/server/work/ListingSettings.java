package holdfast.server.work;

import java.time.Duration;

/**
 * How elements are listed.
 *
 * @param ahead the share of the plan's interval after which an element is listed again
 * @param settle how long bytes may lie there before a row must name them: they are written first and recorded after
 * @param batch how many files are staged, and how many copies are inspected, at once
 * @param retry how soon a listing that did not end is tried again
 * @param lease how long one node keeps a listing to itself without a sign of life
 */
public record ListingSettings(double ahead, Duration settle, int batch, Duration retry, Duration lease) {
    public static final ListingSettings DEFAULTS =
            new ListingSettings(0.5, Duration.ofMinutes(15), 5000, Duration.ofMinutes(15), Duration.ofMinutes(1));

    public ListingSettings withLease(Duration other) {
        return new ListingSettings(ahead, settle, batch, retry, other);
    }
}
