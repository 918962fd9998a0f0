package holdfast.server.clock;

import holdfast.journal.Micros;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * The database's time, carried on by this machine's monotonic counter between looks, so that all nodes agree and no
 * change of this machine's own clock is seen (decision 0004). It never goes back: where the database's own clock did (a
 * standby was promoted whose clock is behind), this one goes at half speed until the two meet. It never fails: while the
 * database does not answer the counter carries on, and one caller at a time looks again.
 */
public final class DatabaseClock implements HouseClock {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);
    /** What is less is two servers' clocks being set, and adds up to nothing. */
    private static final Duration WORTH_ADDING = Duration.ofMinutes(1);

    private final Source database;
    private final LongSupplier counter;
    private final AtomicReference<Look> last;
    private final AtomicReference<Instant> told;
    private final AtomicReference<Duration> jumps = new AtomicReference<>(Duration.ZERO);
    private final AtomicBoolean looking = new AtomicBoolean();

    /** Tells the database's time. */
    @FunctionalInterface
    interface Source {
        Instant time() throws SQLException;
    }

    /**
     * What was seen last.
     *
     * @param shown this clock's own time at that moment, never before any that it told
     * @param counter at that moment, in nanoseconds
     * @param nextLook the counter from which on the database is asked again
     */
    private record Look(Instant seen, Instant shown, long counter, long nextLook) {
        /** The database's own time, where its clock did not jump since. */
        Instant theirs(long now) {
            return seen.plus(Duration.ofNanos(now - counter));
        }

        /** At half speed as long as the database is behind, at its own from the moment it has caught up. */
        Instant at(long now) {
            Instant slow = shown.plus(Duration.ofNanos(now - counter).dividedBy(2));
            Instant theirs = theirs(now);
            return slow.isAfter(theirs) ? slow : theirs;
        }
    }

    public DatabaseClock(DataSource database) throws SQLException {
        this(() -> ask(database), System::nanoTime);
    }

    DatabaseClock(Source database, LongSupplier counter) throws SQLException {
        this.database = database;
        this.counter = counter;
        Instant first = database.time();
        this.told = new AtomicReference<>(first);
        this.last = new AtomicReference<>(look(first, first));
    }

    @Override
    public Instant now() {
        if (counter.getAsLong() - last.get().nextLook >= 0 && looking.compareAndSet(false, true)) {
            try {
                last.set(lookAgain(last.get()));
            } finally {
                looking.set(false);
            }
        }
        Instant now = last.get().at(counter.getAsLong()).truncatedTo(ChronoUnit.MICROS);
        // Two callers may have read the time before and after a look.
        return told.accumulateAndGet(now, (before, after) -> before.isAfter(after) ? before : after);
    }

    /** All jumps of the database's clock of a minute and more, forward and back, added up since this clock began. */
    public Duration jumps() {
        return jumps.get();
    }

    private Look lookAgain(Look old) {
        try {
            Instant seen = database.time();
            long now = counter.getAsLong();
            Instant carried = old.at(now);
            Duration jumped = Duration.between(old.theirs(now), seen);
            if (jumped.abs().compareTo(WORTH_ADDING) >= 0) {
                jumps.accumulateAndGet(jumped.abs(), Duration::plus);
            }
            tell(jumped);
            return look(seen, carried);
        } catch (SQLException e) {
            // Whoever needs the database will meet the same failure and tell it.
            return new Look(old.seen, old.shown, old.counter, counter.getAsLong() + AFTER_FAILURE.toNanos());
        }
    }

    private Look look(Instant seen, Instant carried) {
        long now = counter.getAsLong();
        return new Look(seen, carried, now, now + LOOK_AGAIN.toNanos());
    }

    private static void tell(Duration jump) {
        if (jump.abs().compareTo(WORTH_TELLING) > 0) {
            System.getLogger(DatabaseClock.class.getName())
                    .log(Level.WARNING, "the database''s clock jumped by {0}; is another machine primary now?", jump);
        }
    }

    private static Instant ask(DataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")) {
            row.next();
            return Micros.instant(row.getLong(1));
        }
    }
}
