package holdfast.server.sql;

import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what would be put into a collection, and whether it is in it already. */
public final class ChildTable {
    private static final String FILES = "select f.scope_id, f.name, f.bytes, f.adler32, f.md5, f.lost, exists"
            + " (select from member m where m.home = f.home and m.dataset_id = ? and m.leaf = f.leaf)"
            + " from unnest(?::bigint[], ?::bigint[]) i(home, leaf) join file f on f.home = i.home and f.leaf = i.leaf";

    private final Words words;
    private final CollectionTable collections;

    public ChildTable(Words words) {
        this.words = words;
        this.collections = new CollectionTable(words);
    }

    /**
     * A file that may become a member.
     *
     * @param isIn whether it is one already
     */
    public record FileChild(long bytes, Optional<Digest> adler32, Optional<Digest> md5, boolean lost, boolean isIn) {}

    /** A collection that may be contained, kept as it is until the transaction ends. */
    public record CollectionChild(CollectionTable.Numbered collection, boolean isIn) {}

    /** Those of some names that are files; {@code dataset} may be no number of a dataset: then none is in it. */
    public Map<DataId, FileChild> files(Connection connection, long dataset, List<DataId> ids) throws SQLException {
        Map<DataId, FileChild> found = HashMap.newHashMap(ids.size());
        List<NameKey> keys = ids.stream().map(DataId::key).sorted().toList();
        try (PreparedStatement select = connection.prepareStatement(FILES)) {
            select.setLong(1, dataset);
            select.setArray(2, Columns.longs(connection, keys, NameKey::home));
            select.setArray(3, Columns.longs(connection, keys, NameKey::leaf));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(
                            new DataId(new Scope(words.text(row.getInt(1))), row.getString(2)),
                            new FileChild(
                                    row.getLong(3),
                                    digest(Algorithm.ADLER32, row.getBytes(4)),
                                    digest(Algorithm.MD5, row.getBytes(5)),
                                    row.getBoolean(6),
                                    row.getBoolean(7)));
                }
            }
        }
        return found;
    }

    private static Optional<Digest> digest(Algorithm algorithm, byte[] value) {
        return Optional.ofNullable(value).map(bytes -> Digest.of(algorithm, bytes));
    }

    /** Those of some names that are collections, held as they are; removed ones too. */
    public Map<DataId, CollectionChild> collections(Connection connection, long container, List<DataId> ids)
            throws SQLException {
        Map<DataId, CollectionChild> found = new HashMap<>();
        List<NameKey> keys = ids.stream().map(DataId::key).sorted().toList();
        String columns = "c.id, c." + CollectionTable.COLUMNS.replace(", ", ", c.");
        try (PreparedStatement select = connection.prepareStatement("select " + columns + ", exists (select from"
                + " containment k where k.parent_id = ? and k.child_id = c.id) from collection c where (c.home, c.leaf)"
                + " in (select * from unnest(?::bigint[], ?::bigint[])) order by c.home, c.leaf for share")) {
            select.setLong(1, container);
            select.setArray(2, Columns.longs(connection, keys, NameKey::home));
            select.setArray(3, Columns.longs(connection, keys, NameKey::leaf));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    CollectionTable.Numbered child = collections.row(row);
                    found.put(child.row().id(), new CollectionChild(child, row.getBoolean(18)));
                }
            }
        }
        return found;
    }

    /** Whether one of some names is a container's. */
    public boolean anyContainer(Connection connection, List<DataId> ids) throws SQLException {
        List<NameKey> keys = ids.stream().map(DataId::key).sorted().toList();
        try (PreparedStatement select =
                connection.prepareStatement("select exists (select from unnest(?::bigint[], ?::bigint[]) i(home, leaf)"
                        + " join collection c using (home, leaf) where c.kind = 'C')")) {
            select.setArray(1, Columns.longs(connection, keys, NameKey::home));
            select.setArray(2, Columns.longs(connection, keys, NameKey::leaf));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Until the transaction ends no copy of these files is released; to be called before a collection is locked. */
    public void holdCopies(Connection connection, List<DataId> files) throws SQLException {
        MembershipLocks.keep(connection, files);
    }

    /** Until the transaction ends nobody else puts containers into containers, so that no circle can close unseen. */
    public void holdHierarchy(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtext('holdfast.containment'))")) {
            lock.execute();
        }
    }
}
