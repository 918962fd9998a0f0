package holdfast.server.catalog;

import holdfast.catalog.CopyState;
import java.util.Optional;

/** How a copy is shown to clients, and the letter they say it by. */
public enum ReplicaState {
    AVAILABLE('A'),
    UNAVAILABLE('U'),
    COPYING('C'),
    BEING_DELETED('B'),
    BAD('D'),
    TEMPORARY_UNAVAILABLE('T');

    private final char letter;

    ReplicaState(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }

    /** By its letter or its name; empty where neither is known. */
    public static Optional<ReplicaState> of(String word) {
        for (ReplicaState state : values()) {
            if (state.name().equals(word) || String.valueOf(state.letter).equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** What is recorded of a copy, as clients know it; empty for a copy that is gone. */
    public static Optional<ReplicaState> of(CopyState state) {
        return switch (state) {
            case ARRIVED, PROVED, SUSPECT, CLAIMED -> Optional.of(AVAILABLE);
            case CORRUPT, UNREADABLE, MISSING -> Optional.of(BAD);
            case RELEASING -> Optional.of(BEING_DELETED);
            case RELEASED -> Optional.empty();
        };
    }
}
