package holdfast.placement;

import java.util.List;

/**
 * What the placer answers for one file.
 *
 * @param demands the copies to order; the order of duties, not of time
 * @param unmet what is wanted and cannot be ordered, each a sentence that says why and what it waits for
 */
public record Placement(List<Demand> demands, List<String> unmet) {
    public Placement {
        demands = List.copyOf(demands);
        unmet = List.copyOf(unmet);
    }
}
