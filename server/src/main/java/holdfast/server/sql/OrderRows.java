package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.vocabulary.Activity;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Demands as clients see them: transfers that were ordered and have not arrived. */
public final class OrderRows {
    private static final int FETCH = 1_000;

    private static final String SELECT = "select f.scope_id, f.name, f.bytes, f.adler32, f.md5, d.storage_id,"
            + " d.reason, d.attempts, coalesce(d.waits, d.problem), d.raised_at, d.due_at, d.lease_until, d.activity from"
            + " demand d join file f on f.home = d.home and f.leaf = d.leaf where ";

    /** What rules lock at an element and nobody has ordered: mostly because no driver reaches it. */
    private static final String NOT_ORDERED = "select f.scope_id, f.name, f.bytes, f.adler32, f.md5, x.storage_id,"
            + " 'rule ' || replace(r.id::text, '-', '') || ' of ' || r.account, 0, null, r.updated, r.updated, null,"
            + " r.activity from (select m.home, m.leaf, l.storage_id, l.rule_id from rule_lock l join dataset_home d on"
            + " d.dataset_id = l.dataset_id join member m on m.home = d.home and m.dataset_id = d.dataset_id where"
            + " l.storage_id = ? union all select l.home, l.leaf, l.storage_id, l.rule_id from rule_lock l where"
            + " l.storage_id = ? and l.dataset_id is null) x join rule r on r.id = x.rule_id join file f on f.home ="
            + " x.home and f.leaf = x.leaf where not exists (select from copy c where c.home = x.home and c.leaf = x.leaf"
            + " and c.storage_id = x.storage_id and " + PresentTable.AVAILABLE + ") and not exists"
            + " (select from demand d where d.home = x.home and d.leaf = x.leaf and d.storage_id = x.storage_id) and ";

    private final Words words;

    public OrderRows(Words words) {
        this.words = words;
    }

    /**
     * One transfer that is ordered.
     *
     * @param leasedUntil until when a mover holds it, where one does
     */
    public record Order(
            DataId file,
            long bytes,
            Optional<String> adler32,
            Optional<String> md5,
            StorageName to,
            String reason,
            int attempts,
            Optional<String> problem,
            Instant raisedAt,
            Instant dueAt,
            Optional<Instant> leasedUntil,
            Activity activity) {

        /** The same for another reason. */
        public Order because(String other) {
            return new Order(
                    file, bytes, adler32, md5, to, other, attempts, problem, raisedAt, dueAt, leasedUntil, activity);
        }
    }

    public Optional<Order> find(Connection connection, NameKey file, StorageName to) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(SELECT + "d.home = ? and d.leaf = ? and d.storage_id = ?")) {
            select.setLong(1, file.home());
            select.setLong(2, file.leaf());
            select.setInt(3, words.number(Words.Kind.STORAGE, to.name()));
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return Optional.of(order(row));
                }
            }
        }
        try (PreparedStatement select =
                connection.prepareStatement(NOT_ORDERED + "x.home = ? and x.leaf = ? order by r.id limit 1")) {
            int at = words.number(Words.Kind.STORAGE, to.name());
            select.setInt(1, at);
            select.setInt(2, at);
            select.setLong(3, file.home());
            select.setLong(4, file.leaf());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(order(row)) : Optional.empty();
            }
        }
    }

    /** Transfers to an element, of files that are available at another, the oldest first. */
    public void between(Connection connection, StorageName from, StorageName to, Consumer<Order> taking)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT
                + "d.storage_id = ? and exists (select from copy c where c.home = d.home and c.leaf = d.leaf"
                + " and c.storage_id = ? and " + PresentTable.AVAILABLE + ") order by d.raised_at, d.home, d.leaf")) {
            select.setFetchSize(FETCH);
            select.setInt(1, words.number(Words.Kind.STORAGE, to.name()));
            select.setInt(2, words.number(Words.Kind.STORAGE, from.name()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    taking.accept(order(row));
                }
            }
        }
    }

    /** As {@link #between}, of what rules lock there and nobody has ordered. */
    public void notOrdered(Connection connection, StorageName from, StorageName to, Consumer<Order> taking)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NOT_ORDERED
                + "exists (select from copy c where c.home = x.home and c.leaf = x.leaf and c.storage_id = ? and "
                + PresentTable.AVAILABLE + ")")) {
            select.setFetchSize(FETCH);
            int at = words.number(Words.Kind.STORAGE, to.name());
            select.setInt(1, at);
            select.setInt(2, at);
            select.setInt(3, words.number(Words.Kind.STORAGE, from.name()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    taking.accept(order(row));
                }
            }
        }
    }

    private Order order(ResultSet row) throws SQLException {
        return new Order(
                new DataId(new Scope(words.text(row.getInt(1))), row.getString(2)),
                row.getLong(3),
                hex(row, 4),
                hex(row, 5),
                new StorageName(words.text(row.getInt(6))),
                row.getString(7),
                row.getInt(8),
                Optional.ofNullable(row.getString(9)),
                Micros.instant(row.getLong(10)),
                Micros.instant(row.getLong(11)),
                Columns.maybeLong(row, 12).map(Micros::instant),
                Activity.ofRule(Optional.ofNullable(row.getString(13))));
    }

    private static Optional<String> hex(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getBytes(column)).map(java.util.HexFormat.of()::formatHex);
    }
}
