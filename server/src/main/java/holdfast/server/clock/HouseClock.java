package holdfast.server.clock;

import java.time.Instant;

/** The one clock of the house: the database's time in production, a virtual one in tests; microseconds, UTC. */
@FunctionalInterface
public interface HouseClock {
    Instant now();
}
