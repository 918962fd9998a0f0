package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.server.sql.CollectionTable.Numbered;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collections that nobody looked at yet; work, for a round that looks at each once. */
public final class NewCollections {
    private final CollectionTable collections;

    public NewCollections(Words words) {
        this.collections = new CollectionTable(words);
    }

    /** The highest number of any collection; 0 where there is none. */
    public static long highest(Connection connection) throws SQLException {
        return number(connection, "select coalesce(max(id), 0) from collection");
    }

    /** Collections above a number that were not looked at, in the order of their numbers. */
    public List<Numbered> unseen(Connection connection, long above, int most) throws SQLException {
        return rows(
                connection,
                "not exists (select 1 from subscription_seen s where s.collection_id = c.id)",
                new long[] {above, Long.MAX_VALUE, most});
    }

    /** Collections above a number and up to another, in the order of their numbers. */
    public List<Numbered> between(Connection connection, long above, long upTo, int most) throws SQLException {
        return rows(connection, "true", new long[] {above, upTo, most});
    }

    private List<Numbered> rows(Connection connection, String where, long[] bounds) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select c.id, " + CollectionTable.COLUMNS
                + " from collection c where c.id > ? and c.id <= ? and not c.removed and " + where
                + " order by c.id limit ?")) {
            for (int i = 0; i < bounds.length; i++) {
                select.setLong(i + 1, bounds[i]);
            }
            return rows(select);
        }
    }

    private List<Numbered> rows(PreparedStatement select) throws SQLException {
        List<Numbered> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(collections.row(row));
            }
        }
        return found;
    }

    /** Collections that are to be looked at again by now, the longest due first. */
    public List<Numbered> again(Connection connection, Instant now, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select c.id, " + CollectionTable.COLUMNS
                + " from subscription_seen s join collection c on c.id = s.collection_id"
                + " where s.again <= ? and not c.removed order by s.again limit ?")) {
            select.setLong(1, Micros.of(now));
            select.setInt(2, most);
            return rows(select);
        }
    }

    /** Notes that these were looked at; those with a time are looked at again then. */
    public void seen(Connection connection, Map<Long, Optional<Instant>> looked) throws SQLException {
        List<Map.Entry<Long, Optional<Instant>>> rows = List.copyOf(looked.entrySet());
        try (PreparedStatement upsert =
                connection.prepareStatement("insert into subscription_seen(collection_id, again)"
                        + " select * from unnest(?::bigint[], ?::bigint[]) on conflict (collection_id)"
                        + " do update set again = excluded.again")) {
            upsert.setArray(1, Columns.longs(connection, rows, Map.Entry::getKey));
            upsert.setArray(
                    2,
                    Columns.maybeLongs(connection, rows, row -> row.getValue().map(Micros::of)));
            upsert.executeUpdate();
        }
    }

    /** The highest number such that all up to it were made before a moment. */
    public long settled(Connection connection, long above, Instant before) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select coalesce((select min(id) - 1 from collection"
                        + " where id > ? and created >= ?), (select max(id) from collection), 0)")) {
            select.setLong(1, above);
            select.setLong(2, Micros.of(before));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Forgets the single ones up to a number. */
    public void forget(Connection connection, long upTo) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from subscription_seen where collection_id <= ? and again is null")) {
            delete.setLong(1, upTo);
            delete.executeUpdate();
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
