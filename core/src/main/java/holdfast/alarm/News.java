package holdfast.alarm;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What one message says.
 *
 * @param items the gravest first
 * @param taken how many more alarms stand that somebody has taken
 */
public record News(List<Item> items, long taken, Instant at) {
    public News {
        items = items.stream()
                .sorted(Comparator.comparing(Item::state)
                        .thenComparing(i -> i.alarm().sign().key()))
                .toList();
    }

    /** What became of an alarm since it was last said. */
    public enum State {
        NEW,
        WORSE,
        STILL,
        ENDED
    }

    /** One alarm and its state. */
    public record Item(State state, Alarm alarm) {}

    public long count(State state) {
        return items.stream().filter(i -> i.state() == state).count();
    }
}
