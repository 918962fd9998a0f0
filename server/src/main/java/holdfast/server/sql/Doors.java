package holdfast.server.sql;

import holdfast.journal.Line;
import holdfast.judgement.Trials;
import holdfast.storage.DoorProbe;
import holdfast.storage.StorageFact.DoorsTried;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** What was last met at the doors of elements: one row for each element and class of files. */
public final class Doors {
    private final Words words;

    public Doors(Words words) {
        this.words = words;
    }

    /** Writes what was met, in place of what was met before. */
    void take(Connection connection, DoorsTried tried) throws SQLException {
        String sql = "insert into door(storage_id, class_id, line) values (?, ?, ?)"
                + " on conflict (storage_id, class_id) do update set line = excluded.line";
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            for (DoorProbe probe : tried.probes()) {
                upsert.setInt(
                        1,
                        words.number(Words.Kind.STORAGE, probe.key().element().name()));
                upsert.setInt(
                        2, words.number(Words.Kind.CLASS, probe.key().classId().name()));
                upsert.setString(3, probe.write(new Line.Writer()).line().text());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /** Everything that is recorded now. */
    public static Trials all(Connection connection) throws SQLException {
        Map<DoorProbe.Key, DoorProbe> doors = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select line from door");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                DoorProbe probe = DoorProbe.read(new Line.Reader(Line.of(row.getString(1))));
                doors.put(probe.key(), probe);
            }
        }
        return new Trials(doors);
    }
}
