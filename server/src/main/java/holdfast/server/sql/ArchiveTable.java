package holdfast.server.sql;

import holdfast.catalog.CatalogFact.ArchiveFilled;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Which files lie within which archives: files too, that hold others by name. */
public final class ArchiveTable {
    private static final int FETCH = 2_000;

    private static final String FILL = "insert into constituent(archive_home, archive_leaf, home, leaf)"
            + " select a.home, a.leaf, f.home, f.leaf from file a, unnest(?::bigint[], ?::bigint[]) i(home, leaf)"
            + " join file f on f.home = i.home and f.leaf = i.leaf where a.home = ? and a.leaf = ? order by 3, 4"
            + " on conflict do nothing";

    private static final String KEPT = "select a.scope_id, a.name from constituent n join file a on a.home ="
            + " n.archive_home and a.leaf = n.archive_leaf where n.home = ? and n.leaf = ? and exists (select from copy c"
            + " where c.home = a.home and c.leaf = a.leaf and " + PresentTable.AVAILABLE
            + ") order by a.home, a.leaf";

    private static final String HOLDING = "select distinct i.n, a.scope_id from unnest(?::bigint[], ?::bigint[]) with"
            + " ordinality i(home, leaf, n) join constituent k on k.home = i.home and k.leaf = i.leaf join file a on"
            + " a.home = k.archive_home and a.leaf = k.archive_leaf";

    private final Words words;

    public ArchiveTable(Words words) {
        this.words = words;
    }

    /** What a file is besides a file. */
    public record Role(boolean archive, boolean constituent) {
        public static final Role NONE = new Role(false, false);
    }

    void take(Connection connection, ArchiveFilled fact) throws SQLException {
        NameKey archive = fact.archive().key();
        List<NameKey> keys = fact.constituents().stream()
                .map(DataId::key)
                .distinct()
                .sorted()
                .toList();
        try (PreparedStatement insert = connection.prepareStatement(FILL)) {
            insert.setArray(1, Columns.longs(connection, keys, NameKey::home));
            insert.setArray(2, Columns.longs(connection, keys, NameKey::leaf));
            insert.setLong(3, archive.home());
            insert.setLong(4, archive.leaf());
            if (insert.executeUpdate() != fact.constituents().size()) {
                throw new Rows.Conflict("a file is in " + fact.archive() + " already, or one of both is no file");
            }
        }
    }

    /** Every file that an archive holds, in the order of their keys; in a transaction. */
    public void content(Connection connection, DataId archive, Consumer<ListedFile> sink) throws SQLException {
        NameKey key = archive.key();
        try (PreparedStatement select = connection.prepareStatement(
                "select f.scope_id, f.name, f.bytes, f.adler32, f.md5, f.attributes from constituent k join file f"
                        + " on f.home = k.home and f.leaf = k.leaf where k.archive_home = ? and k.archive_leaf = ?"
                        + " order by k.home, k.leaf")) {
            select.setFetchSize(FETCH);
            select.setLong(1, key.home());
            select.setLong(2, key.leaf());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sink.accept(new ListedFile(
                            words.text(row.getInt(1)),
                            row.getString(2),
                            row.getLong(3),
                            row.getBytes(4),
                            row.getBytes(5),
                            row.getString(6)));
                }
            }
        }
    }

    /** Those of some names that lie within an archive. */
    public Set<DataId> in(Connection connection, DataId archive, List<DataId> ids) throws SQLException {
        NameKey key = archive.key();
        Set<DataId> in = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select i.n from unnest(?::bigint[], ?::bigint[]) with ordinality i(home, leaf, n) join constituent k"
                        + " on k.archive_home = ? and k.archive_leaf = ? and k.home = i.home and k.leaf = i.leaf")) {
            select.setArray(1, Columns.longs(connection, ids, id -> id.key().home()));
            select.setArray(2, Columns.longs(connection, ids, id -> id.key().leaf()));
            select.setLong(3, key.home());
            select.setLong(4, key.leaf());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    in.add(ids.get((int) row.getLong(1) - 1));
                }
            }
        }
        return in;
    }

    /** An archive that holds a file, has a copy that is there, and may be known of; the first by key. */
    public Optional<DataId> keptIn(Connection connection, DataId file, Visible sees) throws SQLException {
        NameKey key = file.key();
        try (PreparedStatement select = connection.prepareStatement(KEPT)) {
            select.setLong(1, key.home());
            select.setLong(2, key.leaf());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    DataId archive = new DataId(new Scope(words.text(row.getInt(1))), row.getString(2));
                    if (sees.allows(archive)) {
                        return Optional.of(archive);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * What some names are in archives; those that have nothing to do with any are left out.
     *
     * @param sees which archives count as holding something
     */
    public Map<DataId, Role> roles(Connection connection, List<DataId> ids, Visible sees) throws SQLException {
        Map<DataId, Role> roles = roles(connection, ids);
        if (!sees.isWhole() && !roles.isEmpty()) {
            Set<DataId> held = held(connection, ids, sees);
            roles.replaceAll((id, role) -> new Role(role.archive, held.contains(id)));
            roles.values().removeIf(Role.NONE::equals);
        }
        return roles;
    }

    private Set<DataId> held(Connection connection, List<DataId> ids, Visible sees) throws SQLException {
        Set<DataId> held = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(HOLDING)) {
            select.setArray(1, Columns.longs(connection, ids, id -> id.key().home()));
            select.setArray(2, Columns.longs(connection, ids, id -> id.key().leaf()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (sees.allows(new Scope(words.text(row.getInt(2))))) {
                        held.add(ids.get((int) row.getLong(1) - 1));
                    }
                }
            }
        }
        return held;
    }

    private static Map<DataId, Role> roles(Connection connection, List<DataId> ids) throws SQLException {
        Map<DataId, Role> roles = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select i.n, exists (select from constituent k where k.archive_home = i.home and k.archive_leaf ="
                        + " i.leaf), exists (select from constituent k where k.home = i.home and k.leaf = i.leaf) from"
                        + " unnest(?::bigint[], ?::bigint[]) with ordinality i(home, leaf, n)")) {
            select.setArray(1, Columns.longs(connection, ids, id -> id.key().home()));
            select.setArray(2, Columns.longs(connection, ids, id -> id.key().leaf()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Role role = new Role(row.getBoolean(2), row.getBoolean(3));
                    if (!role.equals(Role.NONE)) {
                        roles.put(ids.get((int) row.getLong(1) - 1), role);
                    }
                }
            }
        }
        return roles;
    }
}
