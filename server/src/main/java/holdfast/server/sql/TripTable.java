package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.plan.Roads.Link;
import holdfast.server.sql.DemandTable.Leased;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies that are under way, of all nodes: each with the lease under which it set out, so that those of a dead mover count no
 * longer than its leases last. There are only as many rows as copies on the way, and a few that ended since the last count.
 */
public final class TripTable {
    /** The row of each lease is asked for by itself: joined, the planner reads all demands. */
    private static final String OVER = "delete from trip t where coalesce((select d.lease_until from demand d where"
            + " d.home = t.home and d.leaf = t.leaf and d.storage_id = t.storage_id and d.epoch = t.epoch), 0) <= ?";

    private final Words words;

    public TripTable(Words words) {
        this.words = words;
    }

    /** A demand whose copy sets out from an element. */
    public record Trip(Leased lease, StorageName from) {}

    /** From now until the transaction ends no other node counts or sets out. */
    public Map<Link, Integer> lockAndCount(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtext('holdfast.roads'))")) {
            lock.execute();
        }
        try (PreparedStatement delete = connection.prepareStatement(OVER)) {
            delete.setLong(1, Micros.of(now));
            delete.executeUpdate();
        }
        Map<Link, Integer> underWay = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select source_id, storage_id, count(*) from trip group by source_id, storage_id");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                underWay.put(new Link(element(row.getInt(1)), element(row.getInt(2))), row.getInt(3));
            }
        }
        return underWay;
    }

    /** Notes copies that set out. */
    public void add(Connection connection, List<Trip> trips) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into trip(home, leaf, storage_id, epoch, source_id) select * from unnest(?::bigint[],"
                        + " ?::bigint[], ?::int[], ?::int[], ?::int[]) on conflict (home, leaf, storage_id) do update set"
                        + " epoch = excluded.epoch, source_id = excluded.source_id")) {
            insert.setArray(
                    1, Columns.longs(connection, trips, t -> t.lease.key().home()));
            insert.setArray(
                    2, Columns.longs(connection, trips, t -> t.lease.key().leaf()));
            insert.setArray(3, Columns.ints(connection, trips, t -> number(t.lease.to())));
            insert.setArray(4, Columns.ints(connection, trips, t -> t.lease.epoch()));
            insert.setArray(5, Columns.ints(connection, trips, t -> number(t.from)));
            insert.executeUpdate();
        }
    }

    private StorageName element(int number) {
        return new StorageName(words.text(number));
    }

    private int number(StorageName element) {
        return words.number(Words.Kind.STORAGE, element.name());
    }
}
