package holdfast.retention;

import holdfast.catalog.FileRow.SourceState;
import holdfast.judgement.CopyStanding;
import holdfast.judgement.Holding;
import holdfast.judgement.Surroundings;
import holdfast.storage.StorageElement;
import java.time.Instant;
import java.util.Optional;

/** Whether a file may be declared lost: only when nothing can come of any copy, and its source holds it no more. */
public final class LossGuard {
    private LossGuard() {}

    /** What forbids it, for people; empty when nothing does. */
    public static Optional<String> obstacle(Holding holding, Surroundings surroundings, Instant now) {
        if (holding.file().isEmpty()) {
            return Optional.of(holding.id() + " is not registered");
        }
        if (holding.file().get().lost()) {
            return Optional.of(holding.id() + " is declared lost already");
        }
        if (holding.file().get().source().state() == SourceState.HELD) {
            return Optional.of("the source of " + holding.id() + " still holds it ("
                    + holding.file().get().source().name() + "): send it in again");
        }
        return holding.copies().stream()
                .map(copy -> CopyStanding.of(copy, surroundings, now))
                .filter(s -> s.mayCount() || isExpected(s))
                .findFirst()
                .map(s -> "its copy at " + s.copy().storage() + " is not known to be gone; have it inspected first");
    }

    /** Bytes may stand there although they do not count; nobody can look where a site has left. */
    private static boolean isExpected(CopyStanding standing) {
        boolean left =
                standing.element().map(e -> e.use() == StorageElement.Use.LEFT).orElse(true);
        return !left && standing.copy().state().stands();
    }
}
