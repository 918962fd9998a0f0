package holdfast.transfer;

import holdfast.plan.Roads;
import holdfast.plan.Roads.Link;
import holdfast.vocabulary.StorageName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Copies that are under way, counted by link and by either end, against the most that may be. For one thread. */
public final class Traffic {
    private final Roads roads;
    private final Map<Link, Integer> links = new HashMap<>();
    private final Map<StorageName, Integer> to = new HashMap<>();
    private final Map<StorageName, Integer> from = new HashMap<>();

    public Traffic(Roads roads) {
        this.roads = roads;
    }

    /** Notes copies that are under way. */
    public void add(Link link, int copies) {
        links.merge(link, copies, Integer::sum);
        to.merge(link.to(), copies, Integer::sum);
        from.merge(link.from(), copies, Integer::sum);
    }

    /** Why one more copy has to wait, in a sentence without a full stop; empty where it may go. */
    public Optional<String> obstacle(Link link) {
        OptionalInt most = roads.on(link);
        if (most.isPresent() && links.getOrDefault(link, 0) >= most.getAsInt()) {
            return Optional.of(full(most.getAsInt(), link.toString()));
        }
        if (to.getOrDefault(link.to(), 0) >= roads.to(link.to())) {
            return Optional.of(full(roads.to(link.to()), "to " + link.to()));
        }
        return from.getOrDefault(link.from(), 0) >= roads.from(link.from())
                ? Optional.of(full(roads.from(link.from()), "from " + link.from()))
                : Optional.empty();
    }

    private static String full(int most, String where) {
        return "waits its turn: the most copies at once %s are %d, and so many are under way".formatted(where, most);
    }
}
