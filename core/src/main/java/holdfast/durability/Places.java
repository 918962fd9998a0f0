package holdfast.durability;

import holdfast.storage.FailureDomain;
import holdfast.storage.StorageElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Elements by the place that one disaster takes: the same site, or the same hazard zone. A zone that nobody named is not
 * shown to differ from any other, so its element stands with all of them.
 */
public final class Places {
    private Places() {}

    /** The elements' places; never more than there are elements. */
    public static List<List<StorageElement>> of(Collection<StorageElement> elements) {
        List<List<StorageElement>> places = new ArrayList<>();
        for (StorageElement element : elements) {
            List<StorageElement> joined = new ArrayList<>(List.of(element));
            places.removeIf(place -> {
                boolean same = place.stream().anyMatch(other -> isOneDisaster(element, other));
                if (same) {
                    joined.addAll(place);
                }
                return same;
            });
            places.add(joined);
        }
        return places;
    }

    private static boolean isOneDisaster(StorageElement one, StorageElement other) {
        Optional<String> zone = FailureDomain.HAZARD_ZONE.of(one);
        Optional<String> otherZone = FailureDomain.HAZARD_ZONE.of(other);
        return one.site().equals(other.site()) || zone.isEmpty() || otherZone.isEmpty() || zone.equals(otherZone);
    }
}
