package holdfast.transfer;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A copy that a file could be read from, for a copy to one element. The best comes first: bytes that were proved before those that
 * somebody claims, a disk before a tape, the nearer before the farther, and servers that copy by themselves before bytes that have to
 * pass through us.
 *
 * @param distance as the experiment ranks its links, smaller is nearer; empty where nobody said
 */
public record Candidate(CopyRow copy, boolean tape, OptionalLong distance, boolean thirdParty) {
    private static final List<CopyState> BEST_FIRST =
            List.of(CopyState.PROVED, CopyState.ARRIVED, CopyState.CLAIMED, CopyState.SUSPECT);

    public static final Comparator<Candidate> ORDER = Comparator.comparing((Candidate c) -> rank(c.copy.state()))
            .thenComparing(Candidate::tape)
            .thenComparing(c -> c.distance.orElse(Long.MAX_VALUE))
            .thenComparing(c -> !c.thirdParty)
            .thenComparing(c -> c.copy.storage());

    /** Whether the bytes are as sure as another's, and as quick to be had. */
    public boolean isAsGoodAs(Candidate other) {
        return rank(copy.state()) == rank(other.copy.state()) && tape == other.tape;
    }

    /** The place of a copy by its state, the best first. */
    public static int rank(CopyState state) {
        return BEST_FIRST.indexOf(state);
    }
}
