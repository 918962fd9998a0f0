package holdfast.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.embedded.TestDatabase;
import holdfast.server.sql.Leases.Lease;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Two nodes and one named lease; the time is set by hand. */
class LeasesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant time = Instant.parse("2026-05-04T08:00:00Z");
    private TestDatabase test;
    private Database database;
    private Leases here;
    private Leases there;

    @BeforeEach
    void begin() {
        test = TestDatabase.fresh();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(test.jdbcUrl());
        if (!test.user().isEmpty()) {
            source.setUser(test.user());
            source.setPassword(test.password());
        }
        Flyway.configure().dataSource(source).load().migrate();
        database = new Database(source);
        here = new Leases(database, () -> time);
        there = new Leases(database, () -> time);
    }

    @AfterEach
    void end() {
        test.close();
    }

    private static Optional<Lease> take(Leases leases) {
        return leases.take("work", MINUTE);
    }

    private boolean mayRecord(Leases leases, Lease lease) {
        return database.write(connection -> leases.stillHolds(connection, lease));
    }

    @Test
    void oneNodeHoldsALeaseUntilItsEnd() {
        Lease first = take(here).orElseThrow();
        assertThat(take(there)).isEmpty();
        assertThat(take(here)).hasValue(first);
        time = time.plus(MINUTE);
        Lease next = take(there).orElseThrow();
        assertThat(next.epoch()).isGreaterThan(first.epoch());
    }

    @Test
    void aNodeThatSleptPastItsLeaseMayNotRecord() {
        Lease slept = take(here).orElseThrow();
        time = time.plus(MINUTE);
        Lease awake = take(there).orElseThrow();
        assertThat(mayRecord(here, slept)).isFalse();
        assertThat(mayRecord(there, awake)).isTrue();
        assertThat(here.refusedAsLate()).isEqualTo(1);
        assertThatThrownBy(() -> database.write(connection -> {
                    here.require(connection, slept);
                    return true;
                }))
                .isInstanceOf(Leases.Lost.class)
                .hasMessageContaining("work");
    }

    @Test
    void aLapsedLeaseThatNobodyTookIsStillGood() {
        Lease mine = take(here).orElseThrow();
        time = time.plus(MINUTE).plus(MINUTE);
        assertThat(mayRecord(here, mine)).isTrue();
    }

    @Test
    void anEpochThatADyingDatabaseForgotIsNoOneElses() throws SQLException {
        Lease before = take(here).orElseThrow();
        try (var connection = test.connect();
                var forget = connection.createStatement()) {
            forget.executeUpdate("delete from lease");
        }
        Lease again = take(there).orElseThrow();
        assertThat(again.epoch()).isEqualTo(before.epoch());
        assertThat(mayRecord(here, before)).isFalse();
        assertThat(mayRecord(there, again)).isTrue();
    }

    @Test
    void whatIsGivenBackAnotherNodeHasAtOnce() {
        Lease mine = take(here).orElseThrow();
        here.giveBack("work");
        assertThat(take(there)).isPresent();
        assertThat(take(here)).isEmpty();
        assertThat(mayRecord(here, mine)).isFalse();
    }

    @Test
    void aNodeThatRenewsKeepsItsLease() {
        assertThat(take(here)).isPresent();
        for (int i = 0; i < 10; i++) {
            time = time.plusSeconds(30);
            assertThat(take(here)).isPresent();
            assertThat(take(there)).isEmpty();
        }
    }
}
