package holdfast.server.sql;

import holdfast.server.sql.CollectionTable.Numbered;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Up and down the collections: the datasets below one, the collections above one or above a file. */
public final class Descent {
    private static final String COLUMNS = "c.id, c." + CollectionTable.COLUMNS.replace(", ", ", c.");

    private static final String BELOW = "with recursive b(id) as (select ?::bigint union select k.child_id from b"
            + " join containment k on k.parent_id = b.id) select " + COLUMNS + " from b join collection c using (id)"
            + " where c.kind = 'D' and not c.removed order by c.id";

    private static final String ABOVE = "with recursive a(id) as (select id from unnest(?::bigint[]) i(id) union"
            + " select k.parent_id from a join containment k on k.child_id = a.id) select " + COLUMNS
            + " from a join collection c using (id) where not c.removed order by c.id";

    private final CollectionTable collections;

    public Descent(Words words) {
        this.collections = new CollectionTable(words);
    }

    /** The datasets that a collection holds, at any depth; a dataset holds itself. */
    public List<Numbered> datasets(Connection connection, long collection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BELOW)) {
            select.setLong(1, collection);
            return rows(select);
        }
    }

    /** Some collections and all that hold them, at any height. */
    public List<Numbered> above(Connection connection, List<Long> collections) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ABOVE)) {
            select.setArray(1, Columns.longs(connection, collections, c -> c));
            return rows(select);
        }
    }

    /** The datasets that hold a file, and all collections that hold these. */
    public List<Numbered> above(Connection connection, DataId file) throws SQLException {
        return above(connection, parents(connection, file.key()));
    }

    /** Until the transaction ends no rule is made over some files or over what holds them, and nothing more comes to hold them. */
    public void share(Connection connection, Collection<DataId> files) throws SQLException {
        MembershipLocks.keepOut(connection, files);
        TreeSet<Long> above = new TreeSet<>();
        for (DataId file : files) {
            above(connection, file).forEach(c -> above.add(c.number()));
        }
        // Containers before datasets, as whoever makes a rule over a container locks them.
        try (PreparedStatement lock = connection.prepareStatement(
                "select id from collection where id = any(?) order by kind, id for share")) {
            lock.setArray(1, Columns.longs(connection, List.copyOf(above), c -> c));
            lock.execute();
        }
    }

    /** The numbers of the datasets that hold a file. */
    public static List<Long> parents(Connection connection, NameKey file) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select m.dataset_id from dataset_home d join member m on m.home = d.home and m.dataset_id ="
                        + " d.dataset_id and m.leaf = ? where d.home = ? order by 1")) {
            select.setLong(1, file.leaf());
            select.setLong(2, file.home());
            List<Long> numbers = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    numbers.add(row.getLong(1));
                }
            }
            return numbers;
        }
    }

    /** The numbers of the datasets that hold each of some files. */
    public static Map<NameKey, List<Long>> parents(Connection connection, List<NameKey> files) throws SQLException {
        Map<NameKey, List<Long>> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select m.home, m.leaf, m.dataset_id from"
                + " unnest(?::bigint[], ?::bigint[]) i(home, leaf) join dataset_home d on d.home = i.home join member m on"
                + " m.home = d.home and m.dataset_id = d.dataset_id and m.leaf = i.leaf")) {
            select.setArray(1, Columns.longs(connection, files, NameKey::home));
            select.setArray(2, Columns.longs(connection, files, NameKey::leaf));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(new NameKey(row.getLong(1), row.getLong(2)), k -> new ArrayList<>(1))
                            .add(row.getLong(3));
                }
            }
        }
        return found;
    }

    /** Bytes of a dataset that are available, by element, and in all under the empty key; by the summaries. */
    public Map<Optional<Integer>, Long> coverage(Connection connection, long dataset) throws SQLException {
        Map<Optional<Integer>, Long> bytes = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select null::int, coalesce(sum(bytes), 0) from dataset_home where dataset_id = ? union all"
                        + " select storage_id, sum(bytes) from present where dataset_id = ? group by 1")) {
            select.setLong(1, dataset);
            select.setLong(2, dataset);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    bytes.put(Columns.maybeInt(row, 1), row.getLong(2));
                }
            }
        }
        return bytes;
    }

    /** How many files a dataset holds. */
    public long files(Connection connection, long dataset) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select coalesce(sum(files), 0) from dataset_home where dataset_id = ?")) {
            select.setLong(1, dataset);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
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
}
