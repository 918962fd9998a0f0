package holdfast.durability;

import holdfast.durability.ClassHolding.CopySum;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.SiteName;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What would be lost if one site were lost now: the number to act on, since it depends on the age of the other copies'
 * proofs and not on how likely disasters are.
 *
 * @param files with a copy that counts at the site
 * @param noOther of these, without any copy elsewhere: lost for certain
 * @param onlyDoubtful with copies elsewhere of which none counts
 * @param hidden expected files whose other copies have all gone bad unseen since their last proofs
 * @param rebuilding expected files lost beyond these until they are copied again
 * @param survivorDays mean age in days of the proofs that would then be relied on; 0 when there are none
 * @param oldestDays age of the oldest of these proofs
 */
public record SiteLoss(
        SiteName site,
        long files,
        long noOther,
        long onlyDoubtful,
        double hidden,
        double rebuilding,
        double survivorDays,
        double oldestDays) {

    /** Every site at which a copy of the class counts, by name. */
    static List<SiteLoss> of(ClassHolding holding, Inputs inputs) {
        SortedSet<SiteName> sites = new TreeSet<>(java.util.Comparator.comparing(SiteName::name));
        holding.cohorts().forEach(c -> c.counted().forEach(e -> sites.add(e.site())));
        return sites.stream().map(site -> of(site, holding, inputs)).toList();
    }

    private static SiteLoss of(SiteName site, ClassHolding holding, Inputs inputs) {
        Sum sum = new Sum(holding, inputs);
        for (Cohort cohort : holding.cohorts()) {
            if (cohort.counted().stream().anyMatch(e -> e.site().equals(site))) {
                sum.add(cohort, elsewhere(cohort.counted(), site), elsewhere(cohort.doubtful(), site));
            }
        }
        return new SiteLoss(
                site,
                sum.files,
                sum.noOther,
                sum.onlyDoubtful,
                sum.hidden,
                sum.either - sum.hidden,
                sum.relied == 0 ? 0 : sum.days / sum.relied,
                sum.oldest);
    }

    private static List<StorageElement> elsewhere(List<StorageElement> elements, SiteName site) {
        return elements.stream().filter(e -> !e.site().equals(site)).toList();
    }

    private static final class Sum {
        private final ClassHolding holding;
        private final Inputs inputs;
        private long files;
        private long noOther;
        private long onlyDoubtful;
        private double hidden;
        private double either;
        private double days;
        private long relied;
        private double oldest;

        Sum(ClassHolding holding, Inputs inputs) {
            this.holding = holding;
            this.inputs = inputs;
        }

        void add(Cohort cohort, List<StorageElement> survivors, List<StorageElement> doubtful) {
            files += cohort.files();
            if (survivors.isEmpty()) {
                noOther += doubtful.isEmpty() ? cohort.files() : 0;
                onlyDoubtful += doubtful.isEmpty() ? 0 : cohort.files();
                return;
            }
            double badNow = 1;
            double badThen = 1;
            for (StorageElement survivor : survivors) {
                CopySum copies = holding.at(survivor.name());
                double damage = inputs.hazard(Carrier.of(survivor)).damage();
                double years = Inputs.years(copies.proofDays());
                badNow *= Math.min(1, damage * years);
                badThen *= Math.min(1, damage * (years + inputs.site().rebuild()));
                days += copies.proofDays() * cohort.files();
                relied += cohort.files();
                oldest = Math.max(oldest, copies.oldestDays());
            }
            hidden += badNow * cohort.files();
            either += badThen * cohort.files();
        }
    }
}
