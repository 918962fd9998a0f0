package holdfast.placement;

import holdfast.judgement.Holding;
import holdfast.judgement.Surroundings;
import holdfast.plan.Clause;
import java.time.Instant;
import java.util.List;

/**
 * Decides which copies of a file to order.
 *
 * <p>It goes by the copies that count (lo), never by the verdict: what merely may count is ordered anew elsewhere, but
 * for copies that only wait to be read, since their inspection is due and cheaper than another copy. Copies on an
 * element under suspicion are not replaced until someone signs, so that one bad reader does not order everything anew.
 */
public final class Placer {
    private Placer() {}

    /**
     * What to order for one file, and what is wanted and cannot be.
     *
     * @param clauses those of the plan in force; the ones about other classes are passed over
     * @param load what the sites hold and have ordered; hand in {@link LoadView#after} for the next file of a batch
     */
    public static Placement plan(
            Holding holding, List<Clause> clauses, Surroundings surroundings, LoadView load, Instant now) {
        if (holding.file().isEmpty()) {
            return new Placement(List.of(), List.of("the file is not here, so there is nothing to place"));
        }
        if (holding.file().get().belongs().isEmpty()) {
            return new Placement(List.of(), List.of("no class of the plan matches it, so no duty places it"));
        }
        if (holding.file().get().lost()) {
            return new Placement(List.of(), List.of("declared lost: it waits for bytes with its accession digest"));
        }
        return new FilePlacement(holding, surroundings, load, now).of(clauses);
    }
}
