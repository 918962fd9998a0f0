package holdfast.server.work;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Lets work that can wait give way while something more urgent goes on, but never for longer than a limit: a turn that is
 * put off takes place all the same once the limit has passed since the last one.
 */
public final class Deference {
    private final BooleanSupplier urgent;
    private final Duration atMost;

    public Deference(BooleanSupplier urgent, Duration atMost) {
        this.urgent = urgent;
        this.atMost = atMost;
    }

    /** The same turn, giving way; a turn put off counts as one without work. */
    public Rounds.Turn giveWay(Rounds.Turn turn) {
        long[] last = {System.nanoTime() - atMost.toNanos()};
        return () -> {
            if (urgent.getAsBoolean() && System.nanoTime() - last[0] < atMost.toNanos()) {
                return 0;
            }
            int done = turn.take();
            last[0] = System.nanoTime();
            return done;
        };
    }
}
