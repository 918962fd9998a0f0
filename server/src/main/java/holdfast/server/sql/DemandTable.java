package holdfast.server.sql;

import holdfast.custody.Attended.Order;
import holdfast.journal.Micros;
import holdfast.server.sql.Homes.Slice;
import holdfast.transfer.FairTurn;
import holdfast.transfer.Shares;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Copies that are wanted: work, derived from judgement, and gone when the copy is there or is wanted no more. A lease is
 * good while its epoch is the row's, so that a late worker's word finds nothing to change; no two leases ever have the
 * same epoch, not even those of a demand that was withdrawn and raised again.
 */
public final class DemandTable {
    private final Words words;

    public DemandTable(Words words) {
        this.words = words;
    }

    /** A demand leased to a worker. */
    public record Leased(NameKey key, StorageName to, int attempts, int epoch) {}

    /** What stands in the way of a demand. */
    public record Waiting(
            StorageName to, String reason, int attempts, Optional<Instant> dueAt, Optional<String> problem) {}

    void replace(Connection connection, Slice slice, List<Order> demands, Instant now) throws SQLException {
        // A copy by way of another element is wanted as long as the order that it was made for.
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from demand d where d.home = ? and d.leaf between ? and ? and (d.leaf, coalesce(d.onward_id,"
                        + " d.storage_id)) not in (select * from unnest(?::bigint[], ?::int[]))")) {
            delete.setLong(1, slice.home());
            delete.setLong(2, slice.firstLeaf());
            delete.setLong(3, slice.lastLeaf());
            delete.setArray(
                    4,
                    Columns.longs(
                            connection, demands, d -> d.demand().file().key().leaf()));
            delete.setArray(5, Columns.ints(connection, demands, this::storage));
            delete.executeUpdate();
        }
        if (!demands.isEmpty()) {
            put(connection, slice, demands, now);
        }
    }

    private void put(Connection connection, Slice slice, List<Order> demands, Instant now) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into demand(home, raised_at, due_at, leaf, storage_id, urgency, reason, bytes, period,"
                        + " activity) select ?, ?, ?, * from unnest(?::bigint[], ?::int[], ?::int[], ?::text[],"
                        + " ?::bigint[], ?::int[], ?::text[]) on conflict (home, leaf, storage_id) do update set urgency ="
                        + " excluded.urgency, reason = excluded.reason, activity = excluded.activity, onward_id = null")) {
            upsert.setLong(1, slice.home());
            upsert.setLong(2, Micros.of(now));
            upsert.setLong(3, Micros.of(now));
            upsert.setArray(
                    4,
                    Columns.longs(
                            connection, demands, d -> d.demand().file().key().leaf()));
            upsert.setArray(5, Columns.ints(connection, demands, this::storage));
            upsert.setArray(6, Columns.ints(connection, demands, d -> d.demand().urgency()));
            upsert.setArray(
                    7, Columns.texts(connection, demands, d -> d.demand().reason()));
            upsert.setArray(8, Columns.longs(connection, demands, d -> d.size().bytes()));
            upsert.setArray(
                    9, Columns.ints(connection, demands, d -> (int) d.period().toEpochDay()));
            upsert.setArray(
                    10,
                    Columns.texts(
                            connection, demands, d -> d.demand().activity().name()));
            upsert.executeUpdate();
        }
    }

    /** Leases demands of an element with even shares, as much of one activity as of any other. */
    public List<Leased> lease(Connection connection, StorageName to, int most, Instant now, Duration lasts)
            throws SQLException {
        DemandQueue.Claim claim = new DemandQueue.Claim(FairTurn.FIRST, Shares.EVEN, most);
        return queue().lease(connection, to, claim, new DemandQueue.Term(now, lasts))
                .leased();
    }

    /** Leases that are still good last until another moment; one that is not good any more is left alone. */
    public void renew(Connection connection, List<Leased> leased, Instant until) throws SQLException {
        List<Leased> sorted =
                leased.stream().sorted(Comparator.comparing(Leased::key)).toList();
        // Rows that are being finished are passed by: whoever renews must not wait for whoever records.
        String sql = "update demand d set lease_until = ? from (select o.home, o.leaf, o.storage_id from demand o join"
                + " unnest(?::bigint[], ?::bigint[], ?::int[], ?::int[]) n(home, leaf, storage_id, epoch)"
                + " using (home, leaf, storage_id) where o.epoch = n.epoch and o.lease_until is not null"
                + " order by o.home, o.leaf for update of o skip locked) k"
                + " where d.home = k.home and d.leaf = k.leaf and d.storage_id = k.storage_id";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, Micros.of(until));
            update.setArray(2, Columns.longs(connection, sorted, l -> l.key.home()));
            update.setArray(3, Columns.longs(connection, sorted, l -> l.key.leaf()));
            update.setArray(4, Columns.ints(connection, sorted, l -> words.number(Words.Kind.STORAGE, l.to.name())));
            update.setArray(5, Columns.ints(connection, sorted, Leased::epoch));
            update.executeUpdate();
        }
    }

    /** Takes demands away whose copies arrived, and answers which of the leases were still good. */
    public List<Leased> finish(Connection connection, List<Leased> leased) throws SQLException {
        List<Leased> good = new ArrayList<>(leased.size());
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from demand where home = ? and leaf = ? and storage_id = ? and epoch = ?")) {
            for (Leased one :
                    leased.stream().sorted(Comparator.comparing(Leased::key)).toList()) {
                delete.setLong(1, one.key.home());
                delete.setLong(2, one.key.leaf());
                delete.setInt(3, words.number(Words.Kind.STORAGE, one.to.name()));
                delete.setInt(4, one.epoch);
                if (delete.executeUpdate() == 1) {
                    good.add(one);
                }
            }
        }
        return good;
    }

    /** Gives a lease back with what went wrong; the demand is due again later. */
    public void postpone(Connection connection, Leased one, Instant dueAt, String problem) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update demand set lease_until = null, due_at = ?, problem = ?, waits = null where home = ?"
                        + " and leaf = ? and storage_id = ? and epoch = ?")) {
            update.setLong(1, Micros.of(dueAt));
            update.setString(2, problem);
            update.setLong(3, one.key.home());
            update.setLong(4, one.key.leaf());
            update.setInt(5, words.number(Words.Kind.STORAGE, one.to.name()));
            update.setInt(6, one.epoch);
            update.executeUpdate();
        }
    }

    /** Gives leases back whose copies could not set out though nothing is wrong; that was no attempt. */
    public void defer(Connection connection, List<Deferred> deferred) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update demand set lease_until = null, due_at = ?, waits = ?, attempts = attempts - 1 where home = ?"
                        + " and leaf = ? and storage_id = ? and epoch = ?")) {
            for (Deferred one : deferred.stream()
                    .sorted(Comparator.comparing(d -> d.lease.key))
                    .toList()) {
                update.setLong(1, Micros.of(one.dueAt));
                update.setString(2, one.waits);
                update.setLong(3, one.lease.key.home());
                update.setLong(4, one.lease.key.leaf());
                update.setInt(5, words.number(Words.Kind.STORAGE, one.lease.to.name()));
                update.setInt(6, one.lease.epoch);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** A lease that is given back, and what its copy waits for. */
    public record Deferred(Leased lease, Instant dueAt, String waits) {}

    /**
     * Orders copies at elements by way of which others come. An element at which one is ordered already keeps that order.
     *
     * @param hops the leases of the orders that wait for them, each with the element where its copy has to come first
     */
    public void orderHops(Connection connection, Map<Leased, StorageName> hops, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into demand(home, leaf, storage_id, urgency, raised_at, due_at, bytes, period, reason,"
                        + " activity, onward_id) select home, leaf, ?, urgency, ?, ?, bytes, period, 'on the way to ' || ?"
                        + " || ', for ' || reason, activity, coalesce(onward_id, storage_id) from demand where home = ?"
                        + " and leaf = ? and storage_id = ? and epoch = ? on conflict do nothing")) {
            for (Map.Entry<Leased, StorageName> hop : hops.entrySet().stream()
                    .sorted(Comparator.comparing(e -> e.getKey().key))
                    .toList()) {
                Leased order = hop.getKey();
                insert.setInt(1, words.number(Words.Kind.STORAGE, hop.getValue().name()));
                insert.setLong(2, Micros.of(now));
                insert.setLong(3, Micros.of(now));
                insert.setString(4, order.to.name());
                insert.setLong(5, order.key.home());
                insert.setLong(6, order.key.leaf());
                insert.setInt(7, words.number(Words.Kind.STORAGE, order.to.name()));
                insert.setInt(8, order.epoch);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** What waits for a copy at an element, by way of which it comes, is due at once. */
    public void goOn(Connection connection, List<Leased> arrived, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update demand d set due_at = ? from (select o.home,"
                        + " o.leaf, o.storage_id from demand o join unnest(?::bigint[], ?::bigint[]) n(home, leaf)"
                        + " using (home, leaf) where o.waits is not null and o.lease_until is null and o.due_at > ?"
                        + " for update of o skip locked) k where d.home = k.home and d.leaf = k.leaf"
                        + " and d.storage_id = k.storage_id")) {
            update.setLong(1, Micros.of(now));
            update.setArray(2, Columns.longs(connection, arrived, l -> l.key.home()));
            update.setArray(3, Columns.longs(connection, arrived, l -> l.key.leaf()));
            update.setLong(4, Micros.of(now));
            update.executeUpdate();
        }
    }

    /** Copies under way, and the queues by activity, over the same rows. */
    public TripTable trips() {
        return new TripTable(words);
    }

    public DemandQueue queue() {
        return new DemandQueue(words);
    }

    /** What is wanted of one file. */
    public List<Waiting> of(Connection connection, NameKey key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select storage_id, reason, attempts, due_at,"
                + " coalesce(waits, problem) from demand where home = ? and leaf = ? order by storage_id")) {
            select.setLong(1, key.home());
            select.setLong(2, key.leaf());
            List<Waiting> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Waiting(
                            new StorageName(words.text(row.getInt(1))),
                            row.getString(2),
                            row.getInt(3),
                            Columns.maybeLong(row, 4).map(Micros::instant),
                            Optional.ofNullable(row.getString(5))));
                }
            }
            return found;
        }
    }

    /** Where copies of the files of a slice are ordered. */
    Map<NameKey, Set<StorageName>> inRange(Connection connection, Slice slice) throws SQLException {
        Map<NameKey, Set<StorageName>> ordered = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select leaf, storage_id from demand where home = ? and leaf between ? and ? and onward_id is null")) {
            select.setLong(1, slice.home());
            select.setLong(2, slice.firstLeaf());
            select.setLong(3, slice.lastLeaf());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ordered.computeIfAbsent(new NameKey(slice.home(), row.getLong(1)), k -> new HashSet<>())
                            .add(new StorageName(words.text(row.getInt(2))));
                }
            }
        }
        return ordered;
    }

    /** Bytes on order by element and period. */
    public record OrderedSum(StorageName storage, LocalDate period, ByteSize bytes) {}

    public List<OrderedSum> sums(Connection connection) throws SQLException {
        List<OrderedSum> sums = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select storage_id, period, sum(bytes) from demand"
                        + " where onward_id is null group by 1, 2");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                sums.add(new OrderedSum(
                        new StorageName(words.text(row.getInt(1))),
                        LocalDate.ofEpochDay(row.getInt(2)),
                        new ByteSize(row.getLong(3))));
            }
        }
        return sums;
    }

    private int storage(Order order) {
        return words.number(Words.Kind.STORAGE, order.demand().to().name());
    }
}
