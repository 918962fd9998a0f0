package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Copies by where they lie, and by what is said of them. */
public final class CopiesAt {
    private final Words words;

    public CopiesAt(Words words) {
        this.words = words;
    }

    /** What a program says of a copy. */
    public record MarkedCopy(DataId id, StorageName storage, char letter, Instant at, Optional<String> why) {}

    /** The files whose copies lie at some paths of an element; those that nothing lies at are left out. */
    public Map<String, DataId> byPath(Connection connection, StorageName storage, List<String> paths)
            throws SQLException {
        Map<String, DataId> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select c.path, f.scope_id, f.name from copy c"
                + " join file f using (home, leaf) where c.storage_id = ? and c.state <> 'G' and c.path = any(?)")) {
            select.setInt(1, words.number(Words.Kind.STORAGE, storage.name()));
            select.setArray(2, Columns.texts(connection, paths, p -> p));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString(1), id(row.getInt(2), row.getString(3)));
                }
            }
        }
        return found;
    }

    /** Copies of which something is said, the oldest first; in a transaction. */
    public void marked(Connection connection, String letters, Consumer<MarkedCopy> out) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select f.scope_id, f.name, m.storage_id, m.state,"
                + " m.at, m.reason from mark m join file f using (home, leaf)"
                + " where position(m.state::text in ?) > 0 order by m.at, f.name, m.storage_id")) {
            select.setString(1, letters);
            select.setFetchSize(1_000);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    out.accept(new MarkedCopy(
                            id(row.getInt(1), row.getString(2)),
                            new StorageName(words.text(row.getInt(3))),
                            row.getString(4).charAt(0),
                            Micros.instant(row.getLong(5)),
                            Optional.ofNullable(row.getString(6))));
                }
            }
        }
    }

    private DataId id(int scope, String name) {
        return new DataId(new Scope(words.text(scope)), name);
    }
}
