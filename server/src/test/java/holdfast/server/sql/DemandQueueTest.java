package holdfast.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.custody.Attended;
import holdfast.placement.Demand;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.sql.DemandQueue.Batch;
import holdfast.server.sql.DemandQueue.Claim;
import holdfast.server.sql.DemandQueue.Term;
import holdfast.server.sql.DemandTable.Leased;
import holdfast.transfer.FairTurn;
import holdfast.transfer.Shares;
import holdfast.vocabulary.Activity;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The queues of one element in a real PostgreSQL: whose orders are leased, and what it costs. */
class DemandQueueTest {
    private static final StorageName TO = new StorageName("LAB-DISK");
    private static final Activity PRODUCTION = new Activity("Production");
    private static final Activity USERS = new Activity("User Subscriptions");
    private static final Shares SHARES = new Shares(Map.of(Activity.CUSTODY, 60, PRODUCTION, 30, USERS, 10));
    private static final Instant NOW = Instant.parse("2026-05-04T08:00:00Z");
    private static final Term TERM = new Term(NOW, Duration.ofMinutes(1));

    private TestDatabase test;
    private Database database;
    private Words words;
    private DemandTable demands;
    private DemandQueue queue;

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
        words = new Words(database);
        demands = new DemandTable(words);
        queue = demands.queue();
    }

    @AfterEach
    void end() {
        test.close();
    }

    /** Orders of one activity, one a microsecond; the last of them is due at the given moment. */
    private void order(Activity activity, int home, int count, Instant lastDue) {
        order(activity, home, count, lastDue, 1);
    }

    private void order(Activity activity, int home, int count, Instant lastDue, int urgency) {
        int storage = words.number(Words.Kind.STORAGE, TO.name());
        long due = holdfast.journal.Micros.of(lastDue);
        database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into demand(home, leaf, storage_id, urgency, raised_at, due_at, bytes, period, reason,"
                            + " activity) select ?, n, ?, ?, ?, ? - (? - n), 1, 0, 'wanted', ? from"
                            + " generate_series(1, ?) n")) {
                insert.setLong(1, home);
                insert.setInt(2, storage);
                insert.setInt(3, urgency);
                insert.setLong(4, due);
                insert.setLong(5, due);
                insert.setLong(6, count);
                insert.setString(7, activity.name());
                insert.setInt(8, count);
                return insert.executeUpdate();
            }
        });
    }

    private Batch lease(FairTurn turn, int most) {
        return database.write(connection -> queue.lease(connection, TO, new Claim(turn, SHARES, most), TERM));
    }

    private static Map<Long, Integer> byHome(List<Leased> leased) {
        Map<Long, Integer> counted = new HashMap<>();
        leased.forEach(l -> counted.merge(l.key().home(), 1, Integer::sum));
        return counted;
    }

    @Test
    void aQueueOfAHundredThousandDoesNotStarveTheOthersAndSharesHoldToOnePercent() {
        order(Activity.CUSTODY, 1, 3_000, NOW);
        order(PRODUCTION, 2, 3_000, NOW);
        order(USERS, 3, 100_000, NOW.minusSeconds(3_600));
        Map<Long, Integer> carried = new HashMap<>();
        FairTurn turn = FairTurn.FIRST;
        Set<NameKey> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            // So few at a time that a turn's shares are no whole numbers.
            Batch batch = lease(turn, 37);
            assertThat(batch.leased()).hasSize(37);
            batch.leased().forEach(l -> assertThat(seen.add(l.key())).isTrue());
            byHome(batch.leased()).forEach((home, n) -> carried.merge(home, n, Integer::sum));
            assertThat(byHome(batch.leased())).containsKeys(1L, 2L, 3L);
            turn = batch.next();
        }
        assertThat(carried.get(1L)).isBetween(2_183, 2_257);
        assertThat(carried.get(2L)).isBetween(1_073, 1_147);
        assertThat(carried.get(3L)).isBetween(333, 407);
    }

    @Test
    void whatOneHasNoUseForTheOthersShare() {
        order(Activity.CUSTODY, 1, 5, NOW);
        order(PRODUCTION, 2, 1_000, NOW);
        order(USERS, 3, 1_000, NOW);
        assertThat(byHome(lease(FairTurn.FIRST, 400).leased()))
                .containsAllEntriesOf(Map.of(1L, 5))
                .satisfies(by -> {
                    assertThat(by.values().stream().mapToInt(n -> n).sum()).isEqualTo(400);
                    assertThat(by.get(2L)).isBetween(290, 310);
                });
    }

    @Test
    void ordersThatAreNotDueTakeNoTurn() {
        order(Activity.CUSTODY, 1, 500, NOW.plusSeconds(60));
        order(USERS, 3, 50, NOW);
        assertThat(byHome(lease(FairTurn.FIRST, 20).leased())).isEqualTo(Map.of(3L, 20));
    }

    @Test
    void withinAnActivityTheFewestCopiesGoFirstThenWhatIsDueLongest() {
        order(USERS, 1, 10, NOW, 2);
        order(USERS, 2, 10, NOW, 0);
        order(USERS, 3, 10, NOW, 1);
        List<Leased> first = lease(FairTurn.FIRST, 15).leased();
        assertThat(byHome(first)).isEqualTo(Map.of(2L, 10, 3L, 5));
        assertThat(first.stream()
                        .filter(l -> l.key().home() == 3)
                        .map(l -> l.key().leaf()))
                .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void theNextThousandCostTheSameHoweverManyWait() {
        order(Activity.CUSTODY, 1, 2_000, NOW);
        long few = readForTheNextThousand();
        for (int home = 2; home < 12; home++) {
            order(USERS, home, 10_000, NOW);
            order(PRODUCTION, home + 20, 10_000, NOW.plusSeconds(600), home % 3);
        }
        // Whether the planner knows the table or not yet: each once.
        for (String known : List.of("select 1", "analyze demand")) {
            execute("update demand set lease_until = null, epoch = 0");
            execute(known);
            assertThat(few).isGreaterThanOrEqualTo(1_000);
            assertThat(readForTheNextThousand())
                    .as("rows and index entries read; %d of 2,000", few)
                    .isLessThan(2 * few + 1_000);
        }
    }

    private void execute(String sql) {
        database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /** How many rows and entries of indexes are read to lease them. */
    private long readForTheNextThousand() {
        List<Leased> leased = new ArrayList<>();
        long read = database.write(connection -> {
            long before = read(connection);
            leased.addAll(queue.lease(connection, TO, new Claim(FairTurn.FIRST, SHARES, 1_000), TERM)
                    .leased());
            return read(connection) - before;
        });
        assertThat(leased).hasSize(1_000);
        return read;
    }

    private static long read(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select pg_stat_get_xact_tuples_returned('demand'::regclass)"
                                + " + (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index"
                                + " where indrelid = 'demand'::regclass)");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void copiesByWayOfOthersAreWantedAsLongAsTheOrderTheyAreFor() {
        DataId file = new DataId(new Scope("raw"), "/lab/f");
        NameKey key = file.key();
        Homes.Slice slice = new Homes.Slice(key.home(), 0, 0);
        Attended.Order wanted =
                new Attended.Order(new Demand(file, TO, "rule 1 of root", 1, USERS), new ByteSize(1), LocalDate.EPOCH);
        StorageName hop = new StorageName("HOP-DISK");
        StorageName second = new StorageName("SECOND-HOP");
        replace(slice, List.of(wanted));
        byWayOf(hop, lease(TO).getFirst());
        byWayOf(second, lease(hop).getFirst());
        assertThat(waiting(key).stream().map(DemandTable.Waiting::to)).containsExactlyInAnyOrder(TO, hop, second);
        // Another look at the file changes nothing, and neither counts as a copy that a site is about to hold.
        replace(slice, List.of(wanted));
        assertThat(waiting(key)).hasSize(3);
        assertThat(database.<Map<NameKey, Set<StorageName>>>read(connection -> demands.inRange(connection, slice)))
                .isEqualTo(Map.of(key, Set.of(TO)));
        assertThat(database.<List<DemandTable.OrderedSum>>read(demands::sums)).hasSize(1);
        replace(slice, List.of());
        assertThat(waiting(key)).isEmpty();
    }

    private void replace(Homes.Slice slice, List<Attended.Order> orders) {
        database.write(connection -> {
            demands.replace(connection, slice, orders, NOW);
            return true;
        });
    }

    private List<Leased> lease(StorageName to) {
        return database.write(connection -> demands.lease(connection, to, 9, NOW, TERM.lasts()));
    }

    private void byWayOf(StorageName hop, Leased order) {
        database.write(connection -> {
            demands.orderHops(connection, Map.of(order, hop), NOW);
            demands.defer(connection, List.of(new DemandTable.Deferred(order, NOW.plusSeconds(60), "comes later")));
            return true;
        });
    }

    private List<DemandTable.Waiting> waiting(NameKey key) {
        return database.read(connection -> demands.of(connection, key));
    }

    @Test
    void copiesUnderWayAreCountedUntilTheirLeasesEnd() {
        order(USERS, 1, 5, NOW);
        List<Leased> leased = lease(FairTurn.FIRST, 5).leased();
        TripTable trips = demands.trips();
        StorageName from = new StorageName("LAB-TAPE");
        holdfast.plan.Roads.Link link = new holdfast.plan.Roads.Link(from, TO);
        database.write(connection -> {
            trips.lockAndCount(connection, NOW);
            trips.add(
                    connection,
                    leased.stream().map(l -> new TripTable.Trip(l, from)).toList());
            return true;
        });
        assertThat(count(trips, NOW)).isEqualTo(Map.of(link, 5));
        database.write(connection -> demands.finish(connection, leased.subList(0, 1)));
        database.write(connection -> {
            demands.postpone(connection, leased.get(1), NOW.plusSeconds(9), "it failed");
            return true;
        });
        assertThat(count(trips, NOW)).isEqualTo(Map.of(link, 3));
        // The others died on the way.
        assertThat(count(trips, NOW.plus(TERM.lasts()))).isEmpty();
    }

    private Map<holdfast.plan.Roads.Link, Integer> count(TripTable trips, Instant at) {
        return database.write(connection -> trips.lockAndCount(connection, at));
    }
}
