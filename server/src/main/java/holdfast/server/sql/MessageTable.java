package holdfast.server.sql;

import holdfast.journal.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Messages, and for each channel whether and when it took them: due work with attempts. */
public final class MessageTable {
    private MessageTable() {}

    /** Why a message is sent. */
    public enum Occasion {
        NEWS,
        ALIVE,
        TRIAL
    }

    /** What a message says, for people and for programs. */
    public record Text(String subject, String body, String json) {}

    /** A message; its id lets a receiver tell a repetition. */
    public record Message(UUID id, Instant at, Occasion occasion, Text text) {}

    /** A message that a channel has not taken yet. */
    public record Due(Message message, String channel, int attempts) {}

    /** What became of a message at a channel. */
    public record Delivery(UUID message, Occasion occasion, String subject, Instant at, String channel, Tried tried) {}

    /** @param delivered when the channel took it; empty while it has not */
    public record Tried(int attempts, Instant dueAt, Optional<Instant> delivered, Optional<String> problem) {}

    /** Writes a message and makes it due at each channel. */
    public static void send(Connection connection, Message message, List<String> channels) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into message(id, at, occasion, subject, body, json) values (?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, message.id());
            insert.setLong(2, Micros.of(message.at()));
            insert.setString(3, message.occasion().name());
            insert.setString(4, message.text().subject());
            insert.setString(5, message.text().body());
            insert.setString(6, message.text().json());
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into delivery(message_id, channel, due_at) select ?, c, ? from unnest(?::text[]) c")) {
            insert.setObject(1, message.id());
            insert.setLong(2, Micros.of(message.at()));
            insert.setArray(3, Columns.texts(connection, channels, c -> c));
            insert.executeUpdate();
        }
    }

    /** When the last message of an occasion was written. */
    public static Optional<Instant> last(Connection connection, Occasion occasion) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select max(at) from message where occasion = ?")) {
            select.setString(1, occasion.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return Columns.maybeLong(row, 1).map(Micros::instant);
            }
        }
    }

    /** Deliveries that are due at some channels, the oldest message first. */
    public static List<Due> due(Connection connection, List<String> channels, Instant now, int most)
            throws SQLException {
        String sql = "select m.id, m.at, m.occasion, m.subject, m.body, m.json, d.channel, d.attempts from delivery d"
                + " join message m on m.id = d.message_id where d.delivered_at is null and d.due_at <= ?"
                + " and d.channel in (select unnest(?::text[])) order by m.at, d.channel limit ?";
        List<Due> due = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, Micros.of(now));
            select.setArray(2, Columns.texts(connection, channels, c -> c));
            select.setInt(3, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Message message = new Message(
                            row.getObject(1, UUID.class),
                            Micros.instant(row.getLong(2)),
                            Occasion.valueOf(row.getString(3)),
                            new Text(row.getString(4), row.getString(5), row.getString(6)));
                    due.add(new Due(message, row.getString(7), row.getInt(8)));
                }
            }
        }
        return due;
    }

    public static void delivered(Connection connection, Due due, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update delivery set delivered_at = ?,"
                + " attempts = attempts + 1, problem = null where message_id = ? and channel = ?")) {
            update.setLong(1, Micros.of(now));
            update.setObject(2, due.message().id());
            update.setString(3, due.channel());
            update.executeUpdate();
        }
    }

    /** After an attempt that failed: it is due again later. */
    public static void postpone(Connection connection, Due due, Instant dueAt, String problem) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update delivery set due_at = ?,"
                + " attempts = attempts + 1, problem = ? where message_id = ? and channel = ?")) {
            update.setLong(1, Micros.of(dueAt));
            update.setString(2, problem);
            update.setObject(3, due.message().id());
            update.setString(4, due.channel());
            update.executeUpdate();
        }
    }

    /** The last deliveries of all channels, the youngest message first. */
    public static List<Delivery> list(Connection connection, int most) throws SQLException {
        String sql = "select m.id, m.occasion, m.subject, m.at, d.channel, d.attempts, d.due_at, d.delivered_at,"
                + " d.problem from message m join delivery d on d.message_id = m.id order by m.at desc, d.channel limit ?";
        List<Delivery> list = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    list.add(new Delivery(
                            row.getObject(1, UUID.class),
                            Occasion.valueOf(row.getString(2)),
                            row.getString(3),
                            Micros.instant(row.getLong(4)),
                            row.getString(5),
                            new Tried(
                                    row.getInt(6),
                                    Micros.instant(row.getLong(7)),
                                    Columns.maybeLong(row, 8).map(Micros::instant),
                                    Optional.ofNullable(row.getString(9)))));
                }
            }
        }
        return list;
    }

    /** Signs of life that no channel took yet are worth nothing once there is a younger one. */
    public static void dropStaleLife(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from delivery d using message m"
                + " where m.id = d.message_id and m.occasion = 'ALIVE' and d.delivered_at is null")) {
            delete.executeUpdate();
        }
    }

    /** Removes messages older than a moment, with their deliveries. */
    public static void forget(Connection connection, Occasion occasion, Instant before) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from message where occasion = ? and at < ?")) {
            delete.setString(1, occasion.name());
            delete.setLong(2, Micros.of(before));
            delete.executeUpdate();
        }
    }
}
