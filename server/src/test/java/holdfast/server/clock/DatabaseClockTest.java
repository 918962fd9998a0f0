package holdfast.server.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clock over a database whose own clock jumps, fails and comes back; all times are set by hand. */
class DatabaseClockTest {
    private static final Instant BEGIN = Instant.parse("2026-05-04T08:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private long counter = Long.MAX_VALUE - Duration.ofMinutes(3).toNanos();
    private Instant theirs = BEGIN;
    private boolean down;
    private int asked;
    private DatabaseClock clock;

    /** Held here, since the logging of the platform forgets loggers that nobody holds. */
    private final Logger quiet = Logger.getLogger(DatabaseClock.class.getName());

    @BeforeEach
    void beQuiet() {
        quiet.setLevel(Level.OFF);
    }

    @AfterEach
    void speakAgain() {
        quiet.setLevel(null);
    }

    @BeforeEach
    void look() throws SQLException {
        clock = new DatabaseClock(this::ask, () -> counter);
    }

    @Test
    void itGoesWithTheDatabase() {
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofSeconds(17));
            assertThat(clock.now()).isEqualTo(theirs);
        }
    }

    @Test
    void jumpsOfAMinuteAndMoreAddUpEachOnce() {
        pass(MINUTE);
        clock.now();
        assertThat(clock.jumps()).isZero();
        theirs = theirs.minus(Duration.ofHours(1));
        for (int i = 0; i < 5; i++) {
            pass(MINUTE);
            clock.now();
        }
        assertThat(clock.jumps()).isEqualTo(Duration.ofHours(1));
        theirs = theirs.plusSeconds(59);
        pass(MINUTE);
        clock.now();
        assertThat(clock.jumps()).isEqualTo(Duration.ofHours(1));
        theirs = theirs.plus(Duration.ofMinutes(20));
        pass(MINUTE);
        clock.now();
        assertThat(clock.jumps()).isEqualTo(Duration.ofMinutes(80));
    }

    @Test
    void aJumpBackSlowsItAndNeverTurnsIt() {
        pass(MINUTE);
        assertThat(clock.now()).isEqualTo(theirs);
        theirs = theirs.minusSeconds(60);
        Instant before = clock.now();
        for (int i = 0; i < 119; i++) {
            pass(Duration.ofSeconds(1));
            assertThat(clock.now()).isAfter(before).isAfterOrEqualTo(theirs);
            before = clock.now();
        }
        pass(MINUTE);
        assertThat(clock.now()).isEqualTo(theirs);
    }

    @Test
    void aJumpForwardIsTaken() {
        theirs = theirs.plus(Duration.ofHours(1));
        pass(MINUTE);
        assertThat(clock.now()).isEqualTo(theirs);
    }

    @Test
    void itCarriesOnWhileTheDatabaseIsSilentAndAsksNoMoreOftenThanEveryTwoSeconds() {
        down = true;
        int before = asked;
        for (int i = 0; i < 400; i++) {
            pass(Duration.ofMillis(250));
            assertThat(clock.now()).isEqualTo(theirs);
        }
        assertThat(asked - before).isBetween(20, 50);
        down = false;
        pass(MINUTE);
        assertThat(clock.now()).isEqualTo(theirs);
    }

    @Test
    void noTwoMomentsAreOutOfOrderWhateverTheDatabaseSays() {
        Random random = new Random(20261122);
        Instant before = clock.now();
        for (int i = 0; i < 5_000; i++) {
            pass(Duration.ofMillis(random.nextInt(20_000)));
            if (random.nextInt(10) == 0) {
                theirs = theirs.plusMillis(random.nextInt(120_000) - 60_000L);
            }
            down = random.nextInt(5) == 0;
            assertThat(clock.now()).isAfterOrEqualTo(before);
            before = clock.now();
        }
    }

    private void pass(Duration duration) {
        counter += duration.toNanos();
        theirs = theirs.plus(duration);
    }

    private Instant ask() throws SQLException {
        asked++;
        if (down) {
            throw new SQLException("down");
        }
        return theirs;
    }
}
