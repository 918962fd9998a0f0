package holdfast.server.sql;

import holdfast.catalog.CollectionRow.Extent;
import holdfast.journal.Micros;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What collections hold, and what holds them. */
public final class ContentTable {
    private static final String BELOW = "with recursive below(id) as (select unnest(?::bigint[]) union"
            + " select k.child_id from below b join containment k on k.parent_id = b.id) ";

    private static final String CHOSEN = "c.id, c." + CollectionTable.COLUMNS.replace(", ", ", c.");

    private final Words words;
    private final CollectionTable collections;

    public ContentTable(Words words) {
        this.words = words;
        this.collections = new CollectionTable(words);
    }

    /** The numbers of all datasets below collections, each once; a dataset is below itself. */
    public long[] datasets(Connection connection, long... collections) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                BELOW + "select c.id from below b join collection c on c.id = b.id and c.kind = 'D' order by c.id")) {
            select.setArray(1, Columns.longs(connection, collections));
            return longs(select);
        }
    }

    /** All collections below one, itself too, each once. */
    public List<CollectionTable.Numbered> below(Connection connection, long collection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                BELOW + "select " + CHOSEN + " from below b join collection c on c.id = b.id order by c.id")) {
            select.setArray(1, Columns.longs(connection, new long[] {collection}));
            return rows(select);
        }
    }

    /** The numbers of all collections that are, or hold, one of these, at any depth. */
    public long[] above(Connection connection, long... collections) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("with recursive above(id) as (select unnest(?::bigint[]) union"
                        + " select k.parent_id from above a join containment k on k.child_id = a.id)"
                        + " select id from above order by id")) {
            select.setArray(1, Columns.longs(connection, collections));
            return longs(select);
        }
    }

    private static long[] longs(PreparedStatement select) throws SQLException {
        var numbers = java.util.stream.LongStream.builder();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers.build().toArray();
    }

    /** Files and bytes of what lies below a collection, as they are now; a dataset that is reached twice counts once. */
    public Extent extent(Connection connection, long collection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BELOW
                + "select coalesce(sum(h.files), 0), coalesce(sum(h.bytes), 0) from below b"
                + " join dataset_home h on h.dataset_id = b.id")) {
            select.setArray(1, Columns.longs(connection, new long[] {collection}));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Extent(row.getLong(1), row.getLong(2));
            }
        }
    }

    /** The collections that a container holds itself, by scope and name. */
    public List<CollectionTable.Numbered> children(Connection connection, long container) throws SQLException {
        return some(connection, "c join containment k on k.child_id = c.id where k.parent_id = ?", container);
    }

    /** The containers that hold a collection themselves. */
    public List<CollectionTable.Numbered> parents(Connection connection, long collection) throws SQLException {
        return some(connection, "c join containment k on k.parent_id = c.id where k.child_id = ?", collection);
    }

    /** The datasets that hold a file. */
    public List<CollectionTable.Numbered> parents(Connection connection, NameKey file) throws SQLException {
        return some(
                connection,
                "c join dataset_home d on d.dataset_id = c.id where d.home = ? and exists (select from member m"
                        + " where m.home = d.home and m.dataset_id = d.dataset_id and m.leaf = ?)",
                file.home(),
                file.leaf());
    }

    private List<CollectionTable.Numbered> some(Connection connection, String where, long... keys) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + CHOSEN + " from collection " + where + " order by c.scope_id, c.name")) {
            for (int i = 0; i < keys.length; i++) {
                select.setLong(i + 1, keys[i]);
            }
            return rows(select);
        }
    }

    private List<CollectionTable.Numbered> rows(PreparedStatement select) throws SQLException {
        List<CollectionTable.Numbered> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(collections.row(row));
            }
        }
        return found;
    }

    /** Some files of a dataset, at most so many. */
    public List<DataId> someFiles(Connection connection, long dataset, int most) throws SQLException {
        return names(
                connection,
                "select f.scope_id, f.name from dataset_home d join member m on m.home = d.home and m.dataset_id ="
                        + " d.dataset_id join file f on f.home = m.home and f.leaf = m.leaf where d.dataset_id = ? limit"
                        + " ?",
                dataset,
                most);
    }

    /** Collections whose end has come, those of observed scopes left out; the earliest first, at most so many. */
    public List<DataId> expired(Connection connection, Instant now, int most) throws SQLException {
        return names(
                connection,
                "select scope_id, name from collection where expires <= ? and not removed and scope_id not in (select"
                        + " w.id from document d join word w on w.kind = 'S' and w.text = d.key where d.kind = '"
                        + ObservedScopes.KIND + "') order by expires limit ?",
                Micros.of(now),
                most);
    }

    private List<DataId> names(Connection connection, String sql, long key, int most) throws SQLException {
        List<DataId> names = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, key);
            select.setInt(2, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    names.add(new DataId(new Scope(words.text(row.getInt(1))), row.getString(2)));
                }
            }
        }
        return names;
    }

    /**
     * Every file of some datasets, each once, in the order of their keys. Ordered range reads by home, merged here; to be
     * called within {@link Database#stream} so that memory does not grow with the answer.
     */
    public void files(Connection connection, long[] datasets, Consumer<ListedFile> sink) throws SQLException {
        new ContentReading(connection, words, datasets).read(sink);
    }
}
