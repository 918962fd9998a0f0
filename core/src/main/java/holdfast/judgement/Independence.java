package holdfast.judgement;

import holdfast.storage.FailureDomain;
import holdfast.storage.StorageElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How many copies no one failure takes together: the largest set of elements that differ pairwise in every named
 * failure domain (clause P-22). A file has a handful of copies, so all sets are tried.
 */
public final class Independence {
    private Independence() {}

    /** The size of the largest such set in which every domain is known: unknown is not different. */
    public static int known(Collection<StorageElement> elements, Set<FailureDomain> domains) {
        List<StorageElement> known = elements.stream()
                .filter(element ->
                        domains.stream().allMatch(domain -> domain.of(element).isPresent()))
                .toList();
        return largest(known, domains, 0, List.of());
    }

    /** The size of the largest such set if what is not known turned out to differ. */
    public static int possible(Collection<StorageElement> elements, Set<FailureDomain> domains) {
        return largest(List.copyOf(elements), domains, 0, List.of());
    }

    /** Whether two elements are known to share one of the domains, or may be the same element. */
    static boolean share(StorageElement one, StorageElement other, Set<FailureDomain> domains) {
        return one.name().equals(other.name())
                || domains.stream().anyMatch(domain -> {
                    Optional<String> value = domain.of(one);
                    return value.isPresent() && value.equals(domain.of(other));
                });
    }

    private static int largest(
            List<StorageElement> elements, Set<FailureDomain> domains, int next, List<StorageElement> chosen) {
        if (next == elements.size()) {
            return chosen.size();
        }
        StorageElement candidate = elements.get(next);
        int best = 0;
        if (chosen.stream().noneMatch(other -> share(candidate, other, domains))) {
            List<StorageElement> with = new ArrayList<>(chosen);
            with.add(candidate);
            best = largest(elements, domains, next + 1, with);
        }
        int atMostWithout = chosen.size() + elements.size() - next - 1;
        return best >= atMostWithout ? best : Math.max(best, largest(elements, domains, next + 1, chosen));
    }
}
