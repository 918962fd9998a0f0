package holdfast.server.identity;

import holdfast.server.clock.HouseClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The house's clock as Java's. */
public final class HandsOfTheHouse extends Clock {
    private final HouseClock clock;

    public HandsOfTheHouse(HouseClock clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        return clock.now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
