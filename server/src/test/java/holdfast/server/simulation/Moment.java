package holdfast.server.simulation;

import java.time.Instant;
import java.util.Comparator;

/**
 * When something happened: the clock's time, and its place in the order of all that happened, since the clock stands
 * while a task has the baton and two tasks may have it at one time.
 */
record Moment(Instant at, long order) implements Comparable<Moment> {
    private static final Comparator<Moment> ORDER =
            Comparator.comparing(Moment::at).thenComparing(Moment::order);

    @Override
    public int compareTo(Moment other) {
        return ORDER.compare(this, other);
    }

    boolean isAfter(Moment other) {
        return compareTo(other) > 0;
    }
}
