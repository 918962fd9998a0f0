package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeferenceTest {
    private long now;
    private boolean urgent;
    private int taken;
    private final Rounds.Turn turn =
            new Deference(() -> urgent, Duration.ofSeconds(2), () -> now).giveWay(() -> ++taken);

    @Test
    void nothingIsPutOffWhileNothingIsUrgent() throws Exception {
        assertThat(turnsOf(10)).isEqualTo(10);
    }

    @Test
    void whatIsUrgentGoesFirst() throws Exception {
        turnsOf(5);
        urgent = true;
        assertThat(turnsOf(19)).isZero();
        urgent = false;
        assertThat(turnsOf(1)).isEqualTo(1);
    }

    @Test
    void whoWaitedSoLongHasHalfOfTheTimeHoweverLongTheUrgentGoesOn() throws Exception {
        urgent = true;
        assertThat(turnsOf(20)).isZero();
        assertThat(turnsOf(20)).isEqualTo(20);
        assertThat(turnsOf(20)).isZero();
        assertThat(turnsOf(4_000)).isEqualTo(2_000);
    }

    /** How many of so many turns, 100 ms apart, were taken. */
    private int turnsOf(int turns) throws Exception {
        int before = taken;
        for (int i = 0; i < turns; i++) {
            turn.take();
            now += 100_000_000;
        }
        return taken - before;
    }
}
