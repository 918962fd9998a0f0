package holdfast.judgement;

import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.SourceState;
import holdfast.plan.Limits;
import java.time.Instant;
import java.util.Optional;

/**
 * The grace of a first placement: given once, from the file's first mention, while the source still holds its bytes and
 * nothing of what we hold is damaged. Repairs have none.
 */
final class Grace {
    private Grace() {}

    /** When the grace that a file has now ends; empty when it has none. */
    static Optional<Instant> end(Holding holding, Limits limits, Instant now) {
        return holding.file().filter(file -> isFirstPlacement(file, holding)).flatMap(file -> {
            Instant end = file.mention().plus(limits.grace());
            boolean begun = !file.mention().isAfter(now.plus(limits.clockSkew()));
            return begun && now.isBefore(end) ? Optional.of(end) : Optional.empty();
        });
    }

    /** When a grace could begin by time alone: a mention dated in the future begins none before its time. */
    static Optional<Instant> begin(Holding holding, Limits limits) {
        return holding.file().map(file -> file.mention().minus(limits.clockSkew()));
    }

    private static boolean isFirstPlacement(FileRow file, Holding holding) {
        return !file.placed()
                && !file.lost()
                && file.source().state() == SourceState.HELD
                && holding.copies().stream().noneMatch(copy -> copy.state().isDamage());
    }
}
