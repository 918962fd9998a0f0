package holdfast.server.sql;

import holdfast.journal.Micros;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Optional;

/** What the house remembers of its own doings between restarts: work, not facts. */
public final class Memory {
    private final Database database;

    public Memory(Database database) {
        this.database = database;
    }

    /** A remembered value and when it was written. */
    public record Note(String value, Instant at) {}

    public Optional<Note> recall(String name) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select value, at from memory where name = ?")) {
                select.setString(1, name);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Note(row.getString(1), Micros.instant(row.getLong(2))))
                            : Optional.empty();
                }
            }
        });
    }

    public void keep(String name, String value, Instant at) {
        database.write(connection -> {
            try (PreparedStatement upsert =
                    connection.prepareStatement("insert into memory(name, value, at) values (?, ?, ?)"
                            + " on conflict (name) do update set value = excluded.value, at = excluded.at")) {
                upsert.setString(1, name);
                upsert.setString(2, value);
                upsert.setLong(3, Micros.of(at));
                return upsert.executeUpdate();
            }
        });
    }
}
