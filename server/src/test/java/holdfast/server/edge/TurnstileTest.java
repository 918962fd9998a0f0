package holdfast.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.edge.Turnstile.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnstileTest {
    private long nanos;
    private final Turnstile turnstile = new Turnstile(new Rate(2, 3), () -> nanos);

    @Test
    void aBurstPassesAndThenSoManyASecond() {
        int passed = 0;
        for (int tenth = 0; tenth < 100; tenth++) {
            while (turnstile.toWait("a").isZero()) {
                turnstile.pass("a");
                passed++;
            }
            nanos += Duration.ofMillis(100).toNanos();
        }
        // Three at once, and two in each of the ten seconds.
        assertThat(passed).isBetween(22, 23);
    }

    @Test
    void whoWaitsAsLongAsToldPasses() {
        for (int i = 0; i < 3; i++) {
            assertThat(turnstile.toWait("a")).isZero();
            turnstile.pass("a");
        }
        Duration wait = turnstile.toWait("a");
        assertThat(wait).isEqualTo(Duration.ofMillis(500));
        nanos += wait.toNanos();
        assertThat(turnstile.toWait("a")).isZero();
    }

    @Test
    void oneKeyDoesNotHoldUpAnother() {
        for (int i = 0; i < 3; i++) {
            turnstile.pass("a");
        }
        assertThat(turnstile.toWait("a")).isPositive();
        assertThat(turnstile.toWait("b")).isZero();
    }
}
