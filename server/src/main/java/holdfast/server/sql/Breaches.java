package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.judgement.Reason;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads when breaches began and ended, added up by what is alike, and forgets the old ones. */
public final class Breaches {
    private static final int BATCH = 10_000;
    private static final String FIRST_LINE = "split_part(%s, E'\\n', 1)";
    private static final String CODE = "split_part(" + FIRST_LINE.formatted("reasons") + ", E'\\t', 1)";
    private static final String PLACE = "split_part(" + FIRST_LINE.formatted("reasons") + ", E'\\t', 2)";

    private final Words words;

    public Breaches(Words words) {
        this.words = words;
    }

    /**
     * Files alike: of one clause, for the same first reason at the same element.
     *
     * @param reasons those of one of them
     * @param sample one of the files
     */
    public record Alike(ClauseId clause, List<Reason> reasons, long files, Between between, DataId sample) {}

    /**
     * When some breaches began and ended.
     *
     * @param ended the end of the one that ended last; empty while all of them stand
     * @param standing how many of them stand
     */
    public record Between(Instant first, Instant latest, Optional<Instant> ended, long standing) {}

    /** Breaches that began at or after a moment, those that ended since among them. */
    public List<Alike> begunSince(Connection connection, Instant since, int most) throws SQLException {
        return groups(connection, "breach where began >= ?", Optional.of(since), most);
    }

    /** Breaches that ended at or after a moment. */
    public List<Alike> endedSince(Connection connection, Instant since, int most) throws SQLException {
        return groups(connection, "breach where ended >= ?", Optional.of(since), most);
    }

    /** Breaches that stand. */
    public List<Alike> standing(Connection connection, int most) throws SQLException {
        return groups(connection, "breach where ended is null", Optional.empty(), most);
    }

    /** Files of which a duty cannot be told, those that are arriving left out. */
    public List<Alike> undetermined(Connection connection, int most) throws SQLException {
        String rows = "(select clause, reasons, since began, null::bigint ended, scope_id, name from shortfall"
                + " where verdict = 'U' and not arriving) u";
        return groups(connection, rows, Optional.empty(), most);
    }

    /** When the newest of the standing breaches of each clause began. */
    public Map<ClauseId, Instant> latest(Connection connection) throws SQLException {
        Map<ClauseId, Instant> latest = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select clause, max(began) from breach where ended is null group by clause");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                latest.put(new ClauseId(row.getString(1)), Micros.instant(row.getLong(2)));
            }
        }
        return latest;
    }

    /** Removes breaches that ended before a moment, a batch at a time; answers how many. */
    public int forget(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from breach where (home, id) in"
                + " (select home, id from breach where ended < ? order by ended limit " + BATCH + ")")) {
            delete.setLong(1, Micros.of(before));
            return delete.executeUpdate();
        }
    }

    private List<Alike> groups(Connection connection, String rows, Optional<Instant> since, int most)
            throws SQLException {
        String sql = "select clause, min(reasons), count(*), min(began), max(began), max(ended),"
                + " count(*) filter (where ended is null), min(array[scope_id::text, name]) from " + rows
                + " group by clause, " + CODE + ", " + PLACE + " order by 3 desc, 1 limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int column = 1;
            if (since.isPresent()) {
                select.setLong(column++, Micros.of(since.get()));
            }
            select.setInt(column, most);
            List<Alike> groups = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    groups.add(alike(row));
                }
            }
            return groups;
        }
    }

    private Alike alike(ResultSet row) throws SQLException {
        String[] sample = (String[]) row.getArray(8).getArray();
        return new Alike(
                new ClauseId(row.getString(1)),
                Summaries.reasons(row.getString(2)),
                row.getLong(3),
                new Between(
                        Micros.instant(row.getLong(4)),
                        Micros.instant(row.getLong(5)),
                        Columns.maybeLong(row, 6).map(Micros::instant),
                        row.getLong(7)),
                new DataId(new Scope(words.text(Integer.parseInt(sample[0]))), sample[1]));
    }
}
