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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what stands behind names, files and collections alike, by two numbers computed here: one statement. */
public final class NameTable {
    private static final int FILE_NAME = 16;
    private static final int FILE_COLUMNS = 17;

    private static final String SELECT =
            "select " + of("f", FileTable.COLUMNS) + ", c.id, " + of("c", CollectionTable.COLUMNS) + " from ";
    private static final String JOINED = " left join file f on f.home = k.home and f.leaf = k.leaf"
            + " left join collection c on c.home = k.home and c.leaf = k.leaf and not c.removed";

    private final FileTable files;
    private final CollectionTable collections;

    public NameTable(Words words) {
        this.files = new FileTable(words);
        this.collections = new CollectionTable(words);
    }

    private static String of(String table, String columns) {
        return Stream.of(columns.split(",", -1))
                .map(column -> table + "." + column.strip())
                .collect(Collectors.joining(", "));
    }

    /** What a name stands for; empty where nothing has it, and where a collection had it that was removed. */
    public Optional<Catalogued> find(Connection connection, DataId id) throws SQLException {
        NameKey key = id.key();
        try (PreparedStatement select =
                connection.prepareStatement(SELECT + "(select ?::bigint as home, ?::bigint as leaf) k" + JOINED)) {
            select.setLong(1, key.home());
            select.setLong(2, key.leaf());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? read(row).filter(c -> c.id().equals(id)) : Optional.empty();
            }
        }
    }

    /** What some names stand for; those that nothing has are left out. */
    public Map<DataId, Catalogued> find(Connection connection, List<DataId> ids) throws SQLException {
        List<NameKey> keys = ids.stream().map(DataId::key).distinct().sorted().toList();
        Map<DataId, Catalogued> found = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(SELECT + "unnest(?::bigint[], ?::bigint[]) k(home, leaf)" + JOINED)) {
            select.setArray(1, Columns.longs(connection, keys, NameKey::home));
            select.setArray(2, Columns.longs(connection, keys, NameKey::leaf));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    read(row).ifPresent(c -> found.put(c.id(), c));
                }
            }
        }
        found.keySet().retainAll(java.util.Set.copyOf(ids));
        return found;
    }

    /** Those of some names that something has or had: what was removed keeps its name. */
    public List<DataId> taken(Connection connection, List<DataId> ids) throws SQLException {
        List<DataId> taken = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select k.n from unnest(?::bigint[], ?::bigint[]) with ordinality k(home, leaf, n)"
                        + " where exists (select from file f where f.home = k.home and f.leaf = k.leaf)"
                        + " or exists (select from collection c where c.home = k.home and c.leaf = k.leaf)")) {
            select.setArray(1, Columns.longs(connection, ids, id -> id.key().home()));
            select.setArray(2, Columns.longs(connection, ids, id -> id.key().leaf()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    taken.add(ids.get((int) row.getLong(1) - 1));
                }
            }
        }
        return taken;
    }

    private Optional<Catalogued> read(ResultSet row) throws SQLException {
        if (row.getString(FILE_NAME) != null) {
            return Optional.of(new Catalogued.OfFile(files.row(row, 0)));
        }
        if (Columns.maybeLong(row, FILE_COLUMNS + 1).isEmpty()) {
            return Optional.empty();
        }
        CollectionTable.Numbered found = collections.row(row, FILE_COLUMNS);
        return Optional.of(new Catalogued.OfCollection(found.number(), found.row()));
    }
}
