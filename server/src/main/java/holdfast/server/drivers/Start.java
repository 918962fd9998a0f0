package holdfast.server.drivers;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The start of this process: its own id, by which its unfinished files are told from others', and its time.
 */
public record Start(UUID id, Instant at) {
    /** Another server may be writing into the same element: what it touched this recently is not abandoned. */
    private static final Duration MAY_BE_ALIVE = Duration.ofMinutes(10);

    /** Unfinished files last touched before this moment were left by a crash. */
    public Instant abandonedBefore() {
        return at.minus(MAY_BE_ALIVE);
    }
}
