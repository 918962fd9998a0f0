package holdfast.placement;

import holdfast.catalog.FileRow;
import holdfast.judgement.ServingSites;
import holdfast.judgement.Surroundings;
import holdfast.plan.Agreement;
import holdfast.vocabulary.SiteName;
import java.util.Optional;

/**
 * How many bytes each site of an agreement is short of its share, counting the file that is to be placed; a site without
 * a share is short of none.
 */
final class ShareDeficit {
    private final Optional<Agreement.Period> period;
    private final LoadView load;
    private final double total;

    private ShareDeficit(Optional<Agreement.Period> period, FileRow file, LoadView load) {
        this.period = period;
        this.load = load;
        this.total = file.size().bytes()
                + period.map(p -> p.shares().keySet().stream()
                                .mapToLong(site -> load.bytes(p.from(), site))
                                .sum())
                        .orElse(0L);
    }

    static ShareDeficit of(Optional<String> table, FileRow file, Surroundings surroundings, LoadView load) {
        return new ShareDeficit(table.flatMap(t -> period(t, file, surroundings)), file, load);
    }

    static Optional<Agreement.Period> period(String table, FileRow file, Surroundings surroundings) {
        return ServingSites.period(table, file, surroundings);
    }

    /** Agreed minus held, in bytes; below every other for a site that the agreement does not name. */
    double at(SiteName site) {
        return period.flatMap(p -> Optional.ofNullable(p.shares().get(site))
                        .map(share -> share * total / 100 - load.bytes(p.from(), site)))
                .orElse(Double.NEGATIVE_INFINITY);
    }
}
