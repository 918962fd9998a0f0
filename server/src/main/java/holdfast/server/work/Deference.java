package holdfast.server.work;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Lets work that can wait give way while something more urgent goes on, but never for longer than a limit. Work that was
 * put off so long may then go on as long, whatever else goes on: it has half of the time at the least.
 */
public final class Deference {
    private final BooleanSupplier urgent;
    private final long atMost;
    private final LongSupplier nanos;

    public Deference(BooleanSupplier urgent, Duration atMost) {
        this(urgent, atMost, System::nanoTime);
    }

    /** @param nanos a clock that only ever goes on, in nanoseconds */
    Deference(BooleanSupplier urgent, Duration atMost, LongSupplier nanos) {
        this.urgent = urgent;
        this.atMost = atMost.toNanos();
        this.nanos = nanos;
    }

    /** The same turn, giving way; a turn put off counts as one without work. */
    public Rounds.Turn giveWay(Rounds.Turn turn) {
        Patience patience = new Patience();
        return () -> patience.isToWait() ? 0 : turn.take();
    }

    private final class Patience {
        /** When turns began to be put off, or to be taken although something urgent went on. */
        private long began = nanos.getAsLong() - atMost;

        private boolean waits;

        boolean isToWait() {
            if (!urgent.getAsBoolean()) {
                waits = false;
                began = nanos.getAsLong() - atMost;
                return false;
            }
            if (nanos.getAsLong() - began >= atMost) {
                waits = !waits;
                began = nanos.getAsLong();
            }
            return waits;
        }
    }
}
