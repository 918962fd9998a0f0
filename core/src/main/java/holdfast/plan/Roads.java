package holdfast.plan;

import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How many copies may be under way at once, and by way of which elements a copy may come, as the sites file says.
 *
 * @param ends what is said of single elements
 * @param links the most copies at once between two elements; 0 where no copy goes straight
 */
public record Roads(Map<StorageName, Ends> ends, Map<Link, Integer> links) {
    /** To an element of which nothing is said. */
    public static final int TO = 500;

    /** From an element of which nothing is said. */
    public static final int FROM = 1_000;

    /** Every road open, within the usual limits. */
    public static final Roads OPEN = new Roads(Map.of(), Map.of());

    public Roads {
        ends = Map.copyOf(ends);
        links = Map.copyOf(links);
    }

    /**
     * What is said of one element.
     *
     * @param hop whether copies may come by way of it
     */
    public record Ends(OptionalInt to, OptionalInt from, boolean hop) {
        private static final Ends UNSAID = new Ends(OptionalInt.empty(), OptionalInt.empty(), false);
    }

    /** The way from one element straight to another. */
    public record Link(StorageName from, StorageName to) {
        @Override
        public String toString() {
            return "from " + from + " to " + to;
        }
    }

    /** The most copies to an element at once. */
    public int to(StorageName element) {
        return of(element).to.orElse(TO);
    }

    /** The most copies from an element at once. */
    public int from(StorageName element) {
        return of(element).from.orElse(FROM);
    }

    /** The most copies on a link at once; empty where nobody said. */
    public OptionalInt on(Link link) {
        Integer most = links.get(link);
        return most == null ? OptionalInt.empty() : OptionalInt.of(most);
    }

    /** Whether no copy goes straight from one element to another. */
    public boolean isClosed(Link link) {
        return on(link).equals(OptionalInt.of(0));
    }

    /** Elements that copies may come by way of, in the order of their names. */
    public List<StorageName> hops() {
        Stream<Map.Entry<StorageName, Ends>> hops = ends.entrySet().stream().filter(e -> e.getValue().hop);
        return hops.map(Map.Entry::getKey).sorted().toList();
    }

    /** Whether nothing is said of how many copies may be under way. */
    public boolean limitNothing() {
        return links.values().stream().allMatch(most -> most == 0)
                && ends.values().stream().allMatch(e -> e.to.isEmpty() && e.from.isEmpty());
    }

    private Ends of(StorageName element) {
        return ends.getOrDefault(element, Ends.UNSAID);
    }
}
