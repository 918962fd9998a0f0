package holdfast.placement;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.judgement.Holding;
import holdfast.judgement.Reach;
import holdfast.judgement.Surroundings;
import holdfast.storage.Condition;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Use;
import java.time.Instant;
import java.util.Optional;

/**
 * An archival element as a place for a new copy of one file.
 *
 * @param obstacle why it takes none now, for people; empty when it does
 * @param silentSince when it is only out of reach: since when
 * @param damaged whether it holds a copy of the file that was found damaged
 */
record Target(
        StorageElement element,
        Reach reach,
        Optional<String> obstacle,
        Optional<Instant> silentSince,
        boolean damaged) {

    static Target of(StorageElement element, Holding holding, Surroundings surroundings, Instant now) {
        Condition condition = surroundings.condition(element.name());
        Reach reach = Reach.of(condition, surroundings.plan().limits(), now);
        Optional<CopyState> here = holding.copies().stream()
                .filter(copy -> copy.storage().equals(element.name()))
                .map(CopyRow::state)
                .findFirst();
        Optional<String> obstacle =
                closed(element, condition).or(() -> here.flatMap(state -> occupied(element, state)));
        Optional<Instant> silent = obstacle.isEmpty() && reach.state() != Reach.State.ANSWERS
                ? reach.silentSince().or(reach::downtimeSince)
                : Optional.empty();
        return new Target(
                element,
                reach,
                obstacle.or(() -> silent.map(_ -> "waits for " + element.name() + ", " + reach.words())),
                silent,
                here.map(CopyState::isDamage).orElse(false));
    }

    boolean isOpen() {
        return obstacle.isEmpty();
    }

    private static Optional<String> closed(StorageElement element, Condition condition) {
        if (element.use() != Use.IN_USE) {
            return Optional.of(element.name() + " takes no new copies");
        }
        if (!element.isArchival()) {
            return Optional.of(element.name() + " is no archival medium");
        }
        if (condition.suspectSince().isPresent()) {
            return Optional.of(element.name() + " is under suspicion, nothing is written there until someone signs");
        }
        boolean mute =
                condition.failedDrills() >= 2 || condition.workingDrives().equals(Optional.of(0));
        return mute
                ? Optional.of(element.name() + " gives nothing back now, its drills fail or no drive works")
                : Optional.empty();
    }

    private static Optional<String> occupied(StorageElement element, CopyState state) {
        return switch (state) {
            case ARRIVED, PROVED -> Optional.of("the copy at " + element.name() + " waits to be read back");
            case SUSPECT -> Optional.of("the copy at " + element.name() + " waits for its second read");
            case CLAIMED -> Optional.of("the copy claimed at " + element.name() + " waits to be read");
            case RELEASING -> Optional.of("the copy at " + element.name() + " is being released");
            case CORRUPT, UNREADABLE, MISSING, RELEASED -> Optional.empty();
        };
    }
}
