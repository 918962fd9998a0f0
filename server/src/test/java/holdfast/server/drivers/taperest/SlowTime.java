package holdfast.server.drivers.taperest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only by waiting, and by nothing else; it remembers how long was waited. */
final class SlowTime implements Pace.Time {
    private Instant now = Instant.parse("2026-05-04T08:00:00Z");
    private final List<Duration> waits = new ArrayList<>();
    private Runnable then = () -> {};

    /** What happens during each wait from now on. */
    void during(Runnable what) {
        then = what;
    }

    List<Duration> waits() {
        return waits;
    }

    void jump(Duration length) {
        now = now.plus(length);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pass(Duration length) {
        waits.add(length);
        now = now.plus(length);
        then.run();
    }
}
