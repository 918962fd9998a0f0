package holdfast.server.clock;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * The database's time, carried on by this machine's monotonic counter between looks, so that all nodes agree and no
 * change of this machine's own clock is seen (decision 0004).
 */
public final class DatabaseClock implements HouseClock {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final DataSource database;
    private final AtomicReference<Look> last;

    private record Look(Instant time, long counter) {
        Duration age(long counterNow) {
            return Duration.ofNanos(counterNow - counter);
        }
    }

    public DatabaseClock(DataSource database) throws SQLException {
        this.database = database;
        this.last = new AtomicReference<>(look());
    }

    @Override
    public Instant now() {
        Look look = last.get();
        long counter = System.nanoTime();
        if (look.age(counter).compareTo(LOOK_AGAIN) > 0) {
            look = lookAgain(look);
        }
        return look.time.plus(look.age(System.nanoTime())).truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }

    private Look lookAgain(Look old) {
        try {
            Look fresh = look();
            last.compareAndSet(old, fresh);
            return fresh;
        } catch (SQLException e) {
            // The counter carries on; whoever needs the database will meet the same failure and tell it.
            return old;
        }
    }

    private Look look() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")) {
            row.next();
            long micros = row.getLong(1);
            return new Look(holdfast.journal.Micros.instant(micros), System.nanoTime());
        }
    }
}
