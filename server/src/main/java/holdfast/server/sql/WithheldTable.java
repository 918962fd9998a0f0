package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.vocabulary.DataId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Why files of signed acts were not done yet, as the last turn found it: work, and no state that is rebuilt. */
public final class WithheldTable {
    /** People read it: the first of ten thousand with the same trouble say it all. */
    private static final int MOST = 20;

    /**
     * What was found.
     *
     * @param since when a turn said so first
     */
    public record Withheld(DataId file, String why, Instant since) {}

    private WithheldTable() {}

    /**
     * Writes only where it is something else than before: a turn comes every few seconds. Of an act that ended meanwhile nothing is
     * said any more: its row is waited for, so that a late word cannot outlive it.
     */
    public static void put(Connection connection, UUID act, Withheld found) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into withheld(act, file, why, since) select id, ?, ?, ? from act where id = ? and state in ('O', 'S')"
                        + " for share on conflict (act, file) do update set"
                        + " why = excluded.why, since = excluded.since where withheld.why <> excluded.why")) {
            upsert.setString(1, found.file().toString());
            upsert.setString(2, found.why());
            upsert.setLong(3, Micros.of(found.since()));
            upsert.setObject(4, act);
            upsert.executeUpdate();
        }
    }

    /** What withholds files of an act, some of them. */
    public static List<Withheld> of(Connection connection, UUID act) throws SQLException {
        List<Withheld> withheld = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select file, why, since from withheld where act = ? order by file limit " + MOST)) {
            select.setObject(1, act);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    withheld.add(new Withheld(
                            DataId.parse(row.getString(1)), row.getString(2), Micros.instant(row.getLong(3))));
                }
            }
        }
        return withheld;
    }

    /** A file that was done. */
    public static void forget(Connection connection, UUID act, DataId file) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from withheld where act = ? and file = ?")) {
            delete.setObject(1, act);
            delete.setString(2, file.toString());
            delete.executeUpdate();
        }
    }

    /** An act that has ended. */
    public static void forget(Connection connection, UUID act) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from withheld where act = ?")) {
            delete.setObject(1, act);
            delete.executeUpdate();
        }
    }
}
