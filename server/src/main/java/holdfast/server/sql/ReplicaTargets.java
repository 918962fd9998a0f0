package holdfast.server.sql;

import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What stands behind names of files and collections: single files, and all datasets down to the last. */
public final class ReplicaTargets {
    private static final String DATASETS = "with recursive down(id) as (select unnest(?::bigint[]) union"
            + " select n.child_id from containment n join down on n.parent_id = down.id)"
            + " select c.id from collection c join down using (id) where c.kind = 'D' and not c.removed order by c.id";

    private static final String NAMES =
            "select c.home, c.leaf, c.scope_id, c.name, c.id from collection c where not removed"
                    + " and (home, leaf) in (select * from unnest(?::bigint[], ?::bigint[])) union all"
                    + " select home, leaf, scope_id, name, null from file"
                    + " where (home, leaf) in (select * from unnest(?::bigint[], ?::bigint[]))";

    private final Words words;

    public ReplicaTargets(Words words) {
        this.words = words;
    }

    /** Single files by their keys, and datasets by their numbers. */
    public record Resolved(List<NameKey> files, List<Long> datasets) {}

    public boolean isKnown(Connection connection, DataId id) throws SQLException {
        Resolved found = named(connection, List.of(id));
        return !found.files.isEmpty() || !found.datasets.isEmpty();
    }

    /** Unknown names are passed over. */
    public Resolved resolve(Connection connection, List<DataId> ids) throws SQLException {
        Resolved named = named(connection, ids);
        return named.datasets.isEmpty() ? named : new Resolved(named.files, down(connection, named.datasets));
    }

    private Resolved named(Connection connection, List<DataId> ids) throws SQLException {
        Map<NameKey, DataId> wanted = new HashMap<>();
        ids.forEach(id -> wanted.put(id.key(), id));
        List<NameKey> keys = List.copyOf(wanted.keySet());
        List<NameKey> files = new ArrayList<>();
        List<Long> collections = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(NAMES)) {
            for (int i = 1; i <= 4; i += 2) {
                select.setArray(i, Columns.longs(connection, keys, NameKey::home));
                select.setArray(i + 1, Columns.longs(connection, keys, NameKey::leaf));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    NameKey key = new NameKey(row.getLong(1), row.getLong(2));
                    DataId id = Objects.requireNonNull(wanted.get(key));
                    boolean same = id.name().equals(row.getString(4))
                            && id.scope().name().equals(words.text(row.getInt(3)));
                    long collection = row.getLong(5);
                    if (same && row.wasNull()) {
                        files.add(key);
                    } else if (same) {
                        collections.add(collection);
                    }
                }
            }
        }
        return new Resolved(files, collections);
    }

    private static List<Long> down(Connection connection, List<Long> collections) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(DATASETS)) {
            select.setArray(1, Columns.longs(connection, collections, c -> c));
            List<Long> datasets = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    datasets.add(row.getLong(1));
                }
            }
            return datasets;
        }
    }
}
