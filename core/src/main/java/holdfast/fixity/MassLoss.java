package holdfast.fixity;

import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When so many copies turn bad at once that the one who says so is to be doubted first (a lying element, a broken reader,
 * a fault of ours). Then nothing is repaired or released there until someone has signed.
 */
public final class MassLoss {
    /** The time within which damage is added up. */
    public static final Duration WITHIN = Duration.ofHours(24);

    /** More damaged copies than this are a mass at any size. */
    static final long MOST = 1_000;
    /** More than this part of an element's copies is a mass. */
    static final double SHARE = 0.001;
    /** Fewer than this never are: one flipped bit in a small store is damage and no lying element (decision 0014). */
    public static final long FEWEST = 10;

    private MassLoss() {}

    /**
     * What an element lost lately.
     *
     * @param damaged copies found bad or missing within {@link #WITHIN}, and since it was last cleared
     * @param copies all that it has or had
     */
    public record Toll(long damaged, long copies) {
        public Toll plus(Toll other) {
            return new Toll(damaged + other.damaged, copies + other.copies);
        }

        boolean isMass() {
            return damaged >= FEWEST && (damaged > MOST || damaged > SHARE * copies);
        }
    }

    /** The elements to suspect: each with a mass of its own, and where only all together make one, each that added to it. */
    public static Set<StorageName> suspects(Map<StorageName, Toll> tolls) {
        Set<StorageName> alone = tolls.entrySet().stream()
                .filter(e -> e.getValue().isMass())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        boolean together =
                tolls.values().stream().reduce(new Toll(0, 0), Toll::plus).isMass();
        if (!alone.isEmpty() || !together) {
            return alone;
        }
        return tolls.entrySet().stream()
                .filter(e -> e.getValue().damaged > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
