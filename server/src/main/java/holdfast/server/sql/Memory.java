package holdfast.server.sql;

import holdfast.journal.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the house remembers of its own doings between restarts: work, not facts. */
public final class Memory {
    private final Database database;

    public Memory(Database database) {
        this.database = database;
    }

    /** A remembered value and when it was written. */
    public record Note(String value, Instant at) {}

    public Optional<Note> recall(String name) {
        return database.read(connection -> recall(connection, name));
    }

    /** The same within a transaction of the caller's. */
    public static Optional<Note> recall(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select value, at from memory where name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Note(row.getString(1), Micros.instant(row.getLong(2))))
                        : Optional.empty();
            }
        }
    }

    /** Everything whose name begins so, by its whole name. */
    public SortedMap<String, Note> recallAll(String prefix) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select name, value, at from memory where left(name, ?) = ?")) {
                select.setInt(1, prefix.length());
                select.setString(2, prefix);
                SortedMap<String, Note> notes = new TreeMap<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        notes.put(row.getString(1), new Note(row.getString(2), Micros.instant(row.getLong(3))));
                    }
                }
                return notes;
            }
        });
    }

    /** Remembers a value unless there is one; answers the one that stands, whichever node wrote it. */
    public String keepFirst(String name, String value, Instant at) {
        return database.write(connection -> {
            isFirst(connection, name, value, at);
            try (PreparedStatement select = connection.prepareStatement("select value from memory where name = ?")) {
                select.setString(1, name);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getString(1);
                }
            }
        });
    }

    /** Remembers a value within a transaction of the caller's unless there is one; waits for whoever writes it now. */
    public static boolean isFirst(Connection connection, String name, String value, Instant at) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into memory(name, value, at) values (?, ?, ?) on conflict (name) do nothing")) {
            insert.setString(1, name);
            insert.setString(2, value);
            insert.setLong(3, Micros.of(at));
            return insert.executeUpdate() == 1;
        }
    }

    /** Remembers a count that only grows: a node that comes late with a smaller one changes nothing. */
    public void keepHighest(String name, long value, Instant at) {
        database.write(connection -> {
            try (PreparedStatement upsert = connection.prepareStatement("insert into memory(name, value, at) values"
                    + " (?, ?, ?) on conflict (name) do update set value = excluded.value, at = excluded.at"
                    + " where memory.value::bigint <= excluded.value::bigint")) {
                upsert.setString(1, name);
                upsert.setString(2, Long.toString(value));
                upsert.setLong(3, Micros.of(at));
                return upsert.executeUpdate();
            }
        });
    }

    public void keep(String name, String value, Instant at) {
        database.write(connection -> keep(connection, name, value, at));
    }

    /** Remembers a value within a transaction of the caller's. */
    public static int keep(Connection connection, String name, String value, Instant at) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("insert into memory(name, value, at) values (?, ?, ?)"
                        + " on conflict (name) do update set value = excluded.value, at = excluded.at")) {
            upsert.setString(1, name);
            upsert.setString(2, value);
            upsert.setLong(3, Micros.of(at));
            return upsert.executeUpdate();
        }
    }
}
