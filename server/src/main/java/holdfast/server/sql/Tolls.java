package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many copies of each element were found damaged lately, and how many it has; for the mass-loss guard. */
public final class Tolls {
    private final Words words;

    public Tolls(Words words) {
        this.words = words;
    }

    /** Copies found damaged since a moment, and since their element was cleared of suspicion. */
    public Map<StorageName, Long> damagedSince(Connection connection, Instant since, Map<StorageName, Instant> cleared)
            throws SQLException {
        Map<StorageName, Long> damaged = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select c.storage_id, count(*) from copy c left join unnest(?::int[], ?::bigint[]) as k(storage_id, at)"
                        + " on k.storage_id = c.storage_id where c.state in ('C', 'U', 'M') and c.since > ?"
                        + " and c.since > coalesce(k.at, 0) group by 1")) {
            List<StorageName> names = List.copyOf(cleared.keySet());
            select.setArray(1, Columns.ints(connection, names, this::number));
            select.setArray(
                    2, Columns.longs(connection, names, n -> Micros.of(cleared.getOrDefault(n, Instant.EPOCH))));
            select.setLong(3, Micros.of(since));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    damaged.put(new StorageName(words.text(row.getInt(1))), row.getLong(2));
                }
            }
        }
        return damaged;
    }

    /** Copies that stand at each element, as the summaries have them. */
    public Map<StorageName, Long> copies(Connection connection) throws SQLException {
        Map<StorageName, Long> copies = new HashMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select storage_id, sum(files) from held group by 1");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                copies.put(new StorageName(words.text(row.getInt(1))), row.getLong(2));
            }
        }
        return copies;
    }

    /** Files whose copies at an element were found damaged since a moment. */
    public List<NameKey> damagedAt(Connection connection, StorageName element, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select home, leaf from copy where storage_id = ?"
                + " and state in ('C', 'U', 'M') and since > ? order by home, leaf")) {
            select.setInt(1, number(element));
            select.setLong(2, Micros.of(since));
            return keys(select);
        }
    }

    /** Files with a copy at an element whose address names a cartridge. */
    public List<NameKey> onCartridge(Connection connection, StorageName element, String cartridge) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select home, leaf from copy where storage_id = ?"
                + " and split_part(locator, ':', 1) = ? and state in ('A', 'P', 'S', 'K') order by home, leaf")) {
            select.setInt(1, number(element));
            select.setString(2, cartridge);
            return keys(select);
        }
    }

    private static List<NameKey> keys(PreparedStatement select) throws SQLException {
        List<NameKey> keys = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                keys.add(new NameKey(row.getLong(1), row.getLong(2)));
            }
        }
        return keys;
    }

    private int number(StorageName storage) {
        return words.number(Words.Kind.STORAGE, storage.name());
    }
}
