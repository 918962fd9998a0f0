package holdfast.server.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps the workers' warnings out of the way while faults are played: thousands of them are meant to happen. */
final class Hush implements AutoCloseable {
    private final Logger house = Logger.getLogger("holdfast");
    private final @Nullable Level before = house.getLevel();

    Hush() {
        house.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        house.setLevel(before);
    }
}
