package holdfast.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import holdfast.server.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No entry is ever left without a number, however transactions overlap. */
class SequencerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");

    private TestDatabase test;
    private HikariDataSource pool;
    private Sequencer sequencer;
    private Leases leases;

    @BeforeEach
    void begin() {
        test = TestDatabase.fresh();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(test.jdbcUrl());
        if (!test.user().isEmpty()) {
            config.setUsername(test.user());
            config.setPassword(test.password());
        }
        pool = new HikariDataSource(config);
        Flyway.configure().dataSource(pool).load().migrate();
        Database database = new Database(pool);
        sequencer = new Sequencer(database);
        leases = new Leases(database, () -> NOW);
    }

    @AfterEach
    void end() {
        pool.close();
        test.close();
    }

    @Test
    void anEntryOfAYoungTransactionThatCommitsLateIsNumbered() throws SQLException {
        try (Connection early = open();
                Connection late = open()) {
            number(early);
            number(late);
            insert(late);
            insert(early);
            early.commit();
            step();
            step();
            step();
            late.commit();
        }
        step();
        assertThat(step()).isEqualTo(2);
    }

    @Test
    void entriesOfOneRowKeepTheirOrderThoughTheirTransactionsBeganInAnother() throws SQLException {
        try (Connection second = open();
                Connection between = open();
                Connection first = open()) {
            number(second);
            number(between);
            insert(first);
            first.commit();
            insert(second);
            second.commit();
            assertThat(step()).isEqualTo(2);
            between.commit();
        }
        assertThat(step()).isEqualTo(2);
        try (Connection connection = test.connect();
                Statement select = connection.createStatement();
                var row = select.executeQuery("select seq, entry_id from journal_leaf order by seq")) {
            row.next();
            long one = row.getLong(2);
            row.next();
            assertThat(row.getLong(2)).isGreaterThan(one);
        }
    }

    @Test
    void noneOfManyEntriesWrittenAtOnceIsLeftOut() throws InterruptedException, ExecutionException {
        int writers = 6;
        int each = 300;
        List<Future<?>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < writers; i++) {
                done.add(threads.submit(() -> {
                    try (Connection connection = open()) {
                        for (int n = 0; n < each; n++) {
                            number(connection);
                            insert(connection);
                            connection.commit();
                        }
                    }
                    return null;
                }));
            }
            while (!done.stream().allMatch(Future::isDone)) {
                step();
            }
        }
        for (Future<?> one : done) {
            one.get();
        }
        step();
        assertThat(step()).isEqualTo((long) writers * each);
    }

    private long step() {
        return sequencer
                .step(leases.take("journal", Duration.ofHours(1)).orElseThrow())
                .size();
    }

    private Connection open() throws SQLException {
        Connection connection = test.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Gives a transaction its number, as the lock of a row does. */
    private static void number(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_current_xact_id()");
        }
    }

    private static void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(SqlJournal.INSERT)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setLong(2, 0);
            insert.setString(3, "test");
            insert.setString(4, "test.test");
            insert.setInt(5, 1);
            insert.setInt(6, 0);
            insert.setBytes(7, new byte[32]);
            insert.setBytes(8, new byte[32]);
            insert.setBytes(9, new byte[0]);
            insert.executeUpdate();
        }
    }
}
