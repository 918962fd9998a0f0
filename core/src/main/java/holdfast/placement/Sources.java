package holdfast.placement;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.SourceState;
import holdfast.judgement.Holding;
import holdfast.judgement.Reach;
import holdfast.judgement.Surroundings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a copy can be read from: any standing copy on an element that answers; the mover compares its digest. */
final class Sources {
    private Sources() {}

    /** Why there is none; empty when there is one. */
    static Optional<String> missing(Holding holding, Surroundings surroundings, Instant now) {
        List<CopyRow> standing = holding.copies().stream()
                .filter(copy -> copy.state().stands()
                        && surroundings.element(copy.storage()).isPresent())
                .toList();
        if (standing.isEmpty()) {
            return Optional.of("no copy is left to copy from" + atTheSource(holding));
        }
        if (standing.stream().anyMatch(copy -> reach(copy, surroundings, now).state() == Reach.State.ANSWERS)) {
            return Optional.empty();
        }
        String silent = standing.stream()
                .map(copy ->
                        copy.storage() + " " + reach(copy, surroundings, now).words())
                .collect(Collectors.joining("; "));
        return Optional.of("no copy can be read now: " + silent);
    }

    private static Reach reach(CopyRow copy, Surroundings surroundings, Instant now) {
        return Reach.of(
                surroundings.condition(copy.storage()), surroundings.plan().limits(), now);
    }

    private static String atTheSource(Holding holding) {
        return holding.file()
                .map(FileRow::source)
                .filter(source -> source.state() == SourceState.HELD)
                .map(source -> "; its source " + source.name() + " still holds it: ingest it again")
                .orElse("");
    }
}
