package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.judgement.Verdict;
import holdfast.vocabulary.ClauseId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The verdict of each clause as a whole over time: work, written by the round that looks at all verdicts. */
public final class ClauseVerdicts {
    private ClauseVerdicts() {}

    /** A clause whose verdict became another. */
    public record Change(ClauseId clause, Verdict before, Verdict after, Instant at) {}

    /** Records the verdicts of a moment; only those that differ from what stands are written. */
    public static void follow(Connection connection, Map<ClauseId, Verdict> verdicts, Instant now) throws SQLException {
        List<Map.Entry<ClauseId, Verdict>> rows = List.copyOf(verdicts.entrySet());
        String sql = "with n as (select * from unnest(?::text[], ?::text[]) n(clause, verdict)),"
                + " over as (update clause_verdict c set ended = ? where c.ended is null and c.began < ? and not exists"
                + " (select from n where n.clause = c.clause and n.verdict = c.verdict) returning c.clause)"
                + " insert into clause_verdict(clause, began, verdict) select n.clause, ?, n.verdict from n where n.clause in"
                + " (select clause from over) or not exists (select from clause_verdict c where c.clause = n.clause"
                + " and c.ended is null)";
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            write.setArray(1, Columns.texts(connection, rows, r -> r.getKey().name()));
            write.setArray(2, Columns.texts(connection, rows, r -> r.getValue().name()));
            write.setLong(3, Micros.of(now));
            write.setLong(4, Micros.of(now));
            write.setLong(5, Micros.of(now));
            write.executeUpdate();
        }
    }

    /** Since when each clause has the verdict that it has. */
    public static Map<ClauseId, Instant> since(Connection connection) throws SQLException {
        Map<ClauseId, Instant> since = new HashMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select clause, began from clause_verdict where ended is null");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                since.put(new ClauseId(row.getString(1)), Micros.instant(row.getLong(2)));
            }
        }
        return since;
    }

    /** Changes at or after a moment, the oldest first; the first verdict ever seen of a clause is none. */
    public static List<Change> since(Connection connection, Instant since) throws SQLException {
        String sql = "select n.clause, b.verdict, n.verdict, n.began from clause_verdict n join clause_verdict b"
                + " on b.clause = n.clause and b.ended = n.began where n.began >= ? order by n.began, n.clause";
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, Micros.of(since));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    changes.add(new Change(
                            new ClauseId(row.getString(1)),
                            Verdict.valueOf(row.getString(2)),
                            Verdict.valueOf(row.getString(3)),
                            Micros.instant(row.getLong(4))));
                }
            }
        }
        return changes;
    }

    /** Removes what ended before a moment. */
    public static void forget(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from clause_verdict where ended < ?")) {
            delete.setLong(1, Micros.of(before));
            delete.executeUpdate();
        }
    }
}
