package holdfast.placement;

import holdfast.catalog.FileRow;
import holdfast.judgement.Surroundings;
import holdfast.plan.Agreement;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the sites hold and are about to hold: shares are followed by looking at it, and an order once given is not given
 * again elsewhere.
 *
 * @param bytes held and ordered, by the day an agreement's period begins and by site
 * @param ordered where copies of a file are ordered already
 */
public record LoadView(Map<LocalDate, Map<SiteName, ByteSize>> bytes, Map<DataId, Set<StorageName>> ordered) {
    /** Nothing held and nothing ordered. */
    public static final LoadView NONE = new LoadView(Map.of(), Map.of());

    public LoadView {
        bytes = Map.copyOf(bytes);
        ordered = Map.copyOf(ordered);
    }

    long bytes(LocalDate period, SiteName site) {
        return bytes.getOrDefault(period, Map.of())
                .getOrDefault(site, ByteSize.ZERO)
                .bytes();
    }

    Set<StorageName> ordered(DataId file) {
        return ordered.getOrDefault(file, Set.of());
    }

    /**
     * This view with the bytes of one file's demands, so that the files of one batch spread over the sites. What was
     * ordered for the file already is in the view and is not added again.
     */
    public LoadView after(Placement placement, FileRow file, Surroundings surroundings) {
        List<StorageElement> targets = placement.demands().stream()
                .map(Demand::to)
                .filter(to -> !ordered(file.id()).contains(to))
                .flatMap(to -> surroundings.element(to).stream())
                .toList();
        if (targets.isEmpty()) {
            return this;
        }
        Map<LocalDate, Map<SiteName, ByteSize>> more = new HashMap<>(bytes);
        targets.forEach(target -> add(more, target.site(), file, surroundings));
        return new LoadView(more, ordered);
    }

    /** The larger of both for each site and period; orders are this one's. */
    public LoadView atLeast(LoadView other) {
        Map<LocalDate, Map<SiteName, ByteSize>> larger = new HashMap<>(bytes);
        other.bytes.forEach((period, theirs) -> {
            Map<SiteName, ByteSize> sites = new HashMap<>(larger.getOrDefault(period, Map.of()));
            theirs.forEach((site, size) -> sites.merge(site, size, (a, b) -> a.bytes() >= b.bytes() ? a : b));
            larger.put(period, Map.copyOf(sites));
        });
        return new LoadView(larger, ordered);
    }

    private static void add(
            Map<LocalDate, Map<SiteName, ByteSize>> bytes, SiteName site, FileRow file, Surroundings surroundings) {
        surroundings.sites().agreements().keySet().stream()
                .flatMap(table -> ShareDeficit.period(table, file, surroundings).stream())
                .map(Agreement.Period::from)
                .distinct()
                .forEach(period -> {
                    Map<SiteName, ByteSize> sites = new HashMap<>(bytes.getOrDefault(period, Map.of()));
                    sites.merge(site, file.size(), ByteSize::plus);
                    bytes.put(period, Map.copyOf(sites));
                });
    }
}
