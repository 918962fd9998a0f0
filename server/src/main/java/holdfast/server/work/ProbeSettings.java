package holdfast.server.work;

import java.time.Duration;

/**
 * How doors are tried from outside.
 *
 * @param paths how many paths of each class are tried at an element
 * @param ahead the share of the plan's period after which they are tried again
 * @param retry how soon a door is tried again that did not answer, or stood open
 * @param look how soon an element is looked at again on which no file of a class stood
 * @param patience after so many knocks in a row to which nothing told, the others are not made
 * @param lease how long one node keeps the probe of an element to itself without a sign of life
 */
public record ProbeSettings(int paths, double ahead, Duration retry, Duration look, int patience, Duration lease) {
    public static final ProbeSettings DEFAULTS =
            new ProbeSettings(4, 0.5, Duration.ofHours(1), Duration.ofMinutes(1), 3, Duration.ofMinutes(1));

    public ProbeSettings withLease(Duration other) {
        return new ProbeSettings(paths, ahead, retry, look, patience, other);
    }
}
