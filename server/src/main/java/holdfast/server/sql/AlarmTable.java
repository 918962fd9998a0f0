package holdfast.server.sql;

import holdfast.alarm.Alarm;
import holdfast.alarm.Alarm.Acknowledged;
import holdfast.alarm.Alarm.Span;
import holdfast.alarm.Alarm.Told;
import holdfast.alarm.AlarmKind;
import holdfast.alarm.Sign;
import holdfast.journal.Micros;
import holdfast.vocabulary.Actor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Alarms: those that stand, and for a while those that ended. */
public final class AlarmTable {
    private static final String COLUMNS = "id, kind, about, size, latest, words, began, ended, end_told, told_at,"
            + " told_size, acknowledged_by, acknowledged_at, acknowledged_until, acknowledged_size";

    private AlarmTable() {}

    /** Alarms that stand, and those whose end was not said. */
    public static List<Alarm> open(Connection connection) throws SQLException {
        return read(connection, "where ended is null or not end_told order by began, id");
    }

    /** Alarms that stand, then the last that ended. */
    public static List<Alarm> last(Connection connection, int ended) throws SQLException {
        List<Alarm> alarms = new ArrayList<>(read(connection, "where ended is null order by kind, about"));
        alarms.addAll(read(connection, "where ended is not null order by ended desc limit " + ended));
        return alarms;
    }

    /**
     * The standing alarm of an id or of the first characters of one, locked.
     *
     * @param prefix hexadecimal digits and dashes
     * @return one; several where the prefix is too short; none where no standing alarm has it
     */
    public static List<Alarm> standing(Connection connection, String prefix) throws SQLException {
        List<Alarm> alarms = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from alarm where ended is null and left(id::text, ?) = ? order by id for update")) {
            select.setInt(1, prefix.length());
            select.setString(2, prefix);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    alarms.add(alarm(row));
                }
            }
        }
        return alarms;
    }

    private static List<Alarm> read(Connection connection, String condition) throws SQLException {
        List<Alarm> alarms = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS + " from alarm " + condition);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                alarms.add(alarm(row));
            }
        }
        return alarms;
    }

    /** Writes alarms as a look left them. An acknowledgement given meanwhile stays: only people write those columns. */
    public static void keep(Connection connection, List<Alarm> alarms) throws SQLException {
        String sql =
                "insert into alarm(id, kind, about, size, latest, words, began, ended, end_told, told_at, told_size)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set size = excluded.size,"
                        + " latest = excluded.latest, words = excluded.words, ended = excluded.ended,"
                        + " end_told = excluded.end_told, told_at = excluded.told_at, told_size = excluded.told_size";
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            for (Alarm a : alarms) {
                upsert.setObject(1, a.id());
                upsert.setString(2, a.sign().key().kind().name());
                upsert.setString(3, a.sign().key().about());
                upsert.setLong(4, a.sign().size());
                upsert.setLong(5, Micros.of(a.sign().latest()));
                upsert.setString(6, a.sign().words());
                upsert.setLong(7, Micros.of(a.span().began()));
                Columns.set(upsert, 8, a.span().ended().map(Micros::of));
                upsert.setBoolean(9, a.span().endTold());
                Columns.set(upsert, 10, a.told().map(Told::at).map(Micros::of));
                Columns.set(upsert, 11, a.told().map(Told::size));
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /** Records who has taken an alarm. */
    public static void acknowledge(Connection connection, UUID id, Acknowledged by) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update alarm set acknowledged_by = ?,"
                + " acknowledged_at = ?, acknowledged_until = ?, acknowledged_size = ? where id = ?")) {
            update.setString(1, by.by().name());
            update.setLong(2, Micros.of(by.at()));
            Columns.set(update, 3, by.until().map(Micros::of));
            update.setLong(4, by.size());
            update.setObject(5, id);
            update.executeUpdate();
        }
    }

    /** Removes alarms that ended before a moment. */
    public static void forget(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from alarm where ended < ?")) {
            delete.setLong(1, Micros.of(before));
            delete.executeUpdate();
        }
    }

    private static Alarm alarm(ResultSet row) throws SQLException {
        Sign.Key key = new Sign.Key(AlarmKind.valueOf(row.getString(2)), row.getString(3));
        Optional<Long> told = Columns.maybeLong(row, 10);
        long toldSize = row.getLong(11);
        return new Alarm(
                row.getObject(1, UUID.class),
                new Sign(key, row.getLong(4), Micros.instant(row.getLong(5)), row.getString(6)),
                new Span(
                        Micros.instant(row.getLong(7)),
                        Columns.maybeLong(row, 8).map(Micros::instant),
                        row.getBoolean(9)),
                told.map(at -> new Told(Micros.instant(at), toldSize)),
                acknowledged(row));
    }

    private static Optional<Acknowledged> acknowledged(ResultSet row) throws SQLException {
        Optional<Long> at = Columns.maybeLong(row, 13);
        if (at.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Acknowledged(
                new Actor(row.getString(12)),
                Micros.instant(at.get()),
                Columns.maybeLong(row, 14).map(Micros::instant),
                row.getLong(15)));
    }
}
