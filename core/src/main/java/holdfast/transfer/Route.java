package holdfast.transfer;

import holdfast.plan.Roads;
import holdfast.plan.Roads.Link;
import holdfast.vocabulary.StorageName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds by way of which element a copy comes where no source can send it straight: the shortest way by the experiment's own
 * distances (Dijkstra 1959), where a link of which nobody said a distance is longer than any other.
 */
public final class Route {
    private final Roads roads;
    private final Set<StorageName> hops;
    private final Distance distance;

    /** @param hops elements that copies may come by way of now */
    public Route(Roads roads, Set<StorageName> hops, Distance distance) {
        this.roads = roads;
        this.hops = Set.copyOf(hops);
        this.distance = distance;
    }

    /** How far one element is from another; empty where nobody said. */
    @FunctionalInterface
    public interface Distance {
        OptionalLong of(Link link);
    }

    private record Reached(StorageName element, long far) {}

    /** The last element before the destination on the shortest way from any of the sources; empty where there is no way. */
    public Optional<StorageName> lastHop(List<StorageName> sources, StorageName to) {
        Map<StorageName, Long> far = new HashMap<>();
        sources.forEach(source -> far.put(source, 0L));
        Set<StorageName> done = new HashSet<>();
        Optional<StorageName> next = nearest(far, done);
        while (next.isPresent()) {
            done.add(next.get());
            reach(next.get(), to, far);
            next = nearest(far, done);
        }
        return hops.stream()
                .filter(hop -> far.containsKey(hop) && !sources.contains(hop) && !hop.equals(to))
                .filter(hop -> !roads.isClosed(new Link(hop, to)))
                .map(hop -> new Reached(hop, far.getOrDefault(hop, 0L) + length(new Link(hop, to))))
                .min(Comparator.comparingLong(Reached::far).thenComparing(Reached::element))
                .map(Reached::element);
    }

    private void reach(StorageName from, StorageName end, Map<StorageName, Long> far) {
        for (StorageName hop : hops) {
            Link link = new Link(from, hop);
            if (!hop.equals(from) && !hop.equals(end) && !roads.isClosed(link)) {
                far.merge(hop, far.getOrDefault(from, 0L) + length(link), Math::min);
            }
        }
    }

    private static Optional<StorageName> nearest(Map<StorageName, Long> far, Set<StorageName> done) {
        return far.entrySet().stream()
                .filter(e -> !done.contains(e.getKey()))
                .min(Map.Entry.<StorageName, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    /** Above all distances that people write, and far from an overflow. */
    private static final long UNSAID = 1_000_000;

    /** One more for each link, so that of equal ways the one with fewer hops is taken. */
    private long length(Link link) {
        return 1 + Math.min(distance.of(link).orElse(UNSAID), UNSAID);
    }
}
