package holdfast.durability;

import holdfast.durability.AreaLevel.Area;
import holdfast.storage.FailureDomain;
import holdfast.storage.StorageElement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The area of storage: copies, their places and media. A level is reached by every file of the class, or by none. */
final class StorageArea {
    private final ClassHolding holding;

    StorageArea(ClassHolding holding) {
        this.holding = holding;
    }

    AreaLevel level() {
        return new AreaLevel(
                Area.STORAGE,
                List.of(
                        every(1, "two copies at separate places", copies -> sites(copies) >= 2),
                        every(1, "content stands on a stable medium that is written down", copies -> !copies.isEmpty()),
                        every(2, "three copies, one of them in another region", this::threeInTwoRegions),
                        Requirement.notJudged(
                                2,
                                "what is needed to read each medium is written down",
                                "the sites file names media, drives and cartridges, and nothing of what they depend"
                                        + " on"),
                        every(3, "a copy under another disaster threat", c -> known(c, FailureDomain.HAZARD_ZONE) >= 2),
                        every(3, "a copy on another kind of medium", c -> different(c, StorageElement::medium) >= 2),
                        Requirement.notJudged(
                                3, "it is watched when media fall out of use", "no record of media out of use is kept"),
                        every(
                                4,
                                "three copies, each under a threat of its own",
                                c -> known(c, FailureDomain.HAZARD_ZONE) >= 3),
                        Requirement.notJudged(
                                4, "a plan for outdated media is carried out", "no such plan is recorded")),
                Optional.empty());
    }

    private boolean threeInTwoRegions(List<StorageElement> copies) {
        return sites(copies) >= 3 && known(copies, FailureDomain.REGION) >= 2;
    }

    private Requirement every(int level, String asks, Predicate<List<StorageElement>> met) {
        long files = holding.files();
        long so = holding.cohorts().stream()
                .filter(cohort -> met.test(cohort.counted()))
                .mapToLong(Cohort::files)
                .sum();
        String shown = String.format(Locale.ROOT, "%,d of %,d files", so, files);
        return Requirement.of(level, asks, files > 0 && so == files, shown);
    }

    private static long sites(List<StorageElement> copies) {
        return different(copies, e -> Optional.of(e.site()));
    }

    /** How many values of a domain are known among the copies: unknown is not different. */
    private static long known(List<StorageElement> copies, FailureDomain domain) {
        return different(copies, domain::of);
    }

    private static <T> long different(List<StorageElement> copies, Function<StorageElement, Optional<T>> of) {
        return copies.stream().map(of).flatMap(Optional::stream).distinct().count();
    }
}
