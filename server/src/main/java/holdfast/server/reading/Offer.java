package holdfast.server.reading;

import holdfast.catalog.CopyRow;
import holdfast.transfer.Candidate;
import holdfast.vocabulary.StorageName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A standing copy as somebody who wants its bytes sees it.
 *
 * @param place where it lies and how it is reached
 * @param obstacle why this server cannot read it now; empty where it can
 * @param addresses by which others may read it themselves, the best first
 */
public record Offer(CopyRow copy, Place place, Optional<String> obstacle, List<String> addresses) {
    private static final long UNKNOWN = Long.MAX_VALUE;

    /** What is read without an obstacle, proved before unproved, disk before tape, then the nearest. */
    static final Comparator<Offer> BEST_FIRST = Comparator.comparing(
                    (Offer o) -> o.obstacle().isPresent())
            .thenComparing(o -> Candidate.rank(o.copy().state()))
            .thenComparing(o -> o.place().tape())
            .thenComparing(o -> o.place().distance().orElse(UNKNOWN))
            .thenComparing(o -> o.copy().storage());

    public Offer {
        addresses = List.copyOf(addresses);
    }

    /**
     * Where a copy lies.
     *
     * @param site empty where the sites file does not name the element
     * @param distance from whoever asks; smaller is nearer, empty where nobody said it
     */
    public record Place(Optional<String> site, boolean tape, Optional<Long> distance) {}

    public StorageName storage() {
        return copy.storage();
    }

    /** Why it stands where it stands in the order, for people. */
    public String why() {
        String state = copy.proof()
                .map(proof -> copy.state().name().toLowerCase(java.util.Locale.ROOT) + ", last proved " + proof.at())
                .orElseGet(() -> copy.state().name().toLowerCase(java.util.Locale.ROOT) + ", never proved");
        String medium = place.tape ? ", on tape" : ", on disk";
        String near = place.distance.map(d -> ", distance " + d).orElse(", distance not known");
        return state + medium + near + obstacle.map(o -> "; not read now: " + o).orElse("");
    }
}
