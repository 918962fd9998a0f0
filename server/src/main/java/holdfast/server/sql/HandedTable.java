package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.retention.SiteRemoval.Handed;
import holdfast.vocabulary.DataId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Which copies of an act the sites' own processes may be removing. */
public final class HandedTable {
    private HandedTable() {}

    static void put(Connection connection, Handed handed) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("insert into handed(act, file, until) values (?, ?, ?)"
                        + " on conflict (act, file) do update set until = excluded.until")) {
            upsert.setObject(1, handed.act());
            upsert.setString(2, handed.file().toString());
            upsert.setLong(3, Micros.of(handed.until()));
            upsert.executeUpdate();
        }
    }

    /** Until when each file of an act is handed; also what is over and was not looked at yet. */
    public static Map<DataId, Instant> of(Connection connection, UUID act) throws SQLException {
        Map<DataId, Instant> handed = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("select file, until from handed where act = ?")) {
            select.setObject(1, act);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    handed.put(DataId.parse(row.getString(1)), Micros.instant(row.getLong(2)));
                }
            }
        }
        return handed;
    }

    /** Forgets what was looked at after its time. */
    public static void forget(Connection connection, UUID act, DataId file) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from handed where act = ? and file = ?")) {
            delete.setObject(1, act);
            delete.setString(2, file.toString());
            delete.executeUpdate();
        }
    }
}
