package holdfast.server.sql;

import holdfast.custody.Attended.DutyKey;
import holdfast.journal.Micros;
import holdfast.judgement.ClauseVerdict.Failing;
import holdfast.judgement.Reason;
import holdfast.judgement.Tally;
import holdfast.judgement.Verdict;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the answers that attending homes left: totals by clause and duty, and the files that fall short. */
public final class Verdicts {
    private final Words words;

    public Verdicts(Words words) {
        this.words = words;
    }

    public Map<DutyKey, Tally> totals(Connection connection) throws SQLException {
        Map<DutyKey, Tally> totals = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select clause, duty, sum(subjects)::bigint,"
                        + " sum(breached)::bigint, sum(undetermined)::bigint, sum(arriving)::bigint, min(oldest_arriving),"
                        + " min(oldest_proof), min(valid_until), min(silent_since) from tally group by clause, duty");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                totals.put(
                        new DutyKey(new ClauseId(row.getString(1)), row.getInt(2)),
                        new Tally(
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                Columns.maybeLong(row, 7).map(Micros::instant),
                                Columns.maybeLong(row, 8).map(Micros::instant),
                                Summaries.until(row.getLong(9)),
                                Columns.maybeLong(row, 10).map(Micros::instant)));
            }
        }
        return totals;
    }

    /** How many homes wait to be attended: their part of the totals is not fresh. */
    public long dueHomes(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select count(distinct home) from due");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A file that falls short, and since when. */
    public record Short(Failing failing, ClauseId clause, boolean arriving, Instant since) {}

    /**
     * Files that fall short of a clause: breached before undetermined, the longest first.
     *
     * @param after the last one of the page before; empty for the first page
     */
    public List<Short> failing(Connection connection, ClauseId clause, Optional<DataId> after, int most)
            throws SQLException {
        String page = after.isPresent()
                ? " and (verdict, since, home, leaf) > (select verdict, since, home, leaf from shortfall where home = ?"
                        + " and leaf = ? and clause = ?)"
                : "";
        String sql = "select clause, verdict, arriving, since, scope_id, name, reasons from shortfall where clause = ?"
                + " and not arriving" + page + " order by verdict, since, home, leaf limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int column = 1;
            select.setString(column++, clause.name());
            if (after.isPresent()) {
                select.setLong(column++, after.get().key().home());
                select.setLong(column++, after.get().key().leaf());
                select.setString(column++, clause.name());
            }
            select.setInt(column, most);
            return read(select);
        }
    }

    /** What falls short of one file. */
    public List<Short> of(Connection connection, DataId id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select clause, verdict, arriving, since, scope_id, name,"
                        + " reasons from shortfall where home = ? and leaf = ? order by clause")) {
            select.setLong(1, id.key().home());
            select.setLong(2, id.key().leaf());
            return read(select);
        }
    }

    /** Which of these files fall short of a clause. */
    public Set<DataId> among(Connection connection, ClauseId clause, Collection<DataId> ids) throws SQLException {
        List<DataId> asked = List.copyOf(ids);
        try (PreparedStatement select =
                connection.prepareStatement("select clause, verdict, arriving, since, scope_id, name,"
                        + " reasons from shortfall where clause = ? and not arriving"
                        + " and (home, leaf) in (select * from unnest(?::bigint[], ?::bigint[]))")) {
            select.setString(1, clause.name());
            select.setArray(2, Columns.longs(connection, asked, i -> i.key().home()));
            select.setArray(3, Columns.longs(connection, asked, i -> i.key().leaf()));
            return read(select).stream()
                    .flatMap(s -> s.failing().file().stream())
                    .collect(Collectors.toSet());
        }
    }

    /** Files that fall short alike: of the same clauses, for the same reasons. */
    public record Alike(List<ClauseId> clauses, boolean breached, List<Reason> reasons, Group files) {}

    /** The files of a group: how many, since when the longest, and the first few by name. */
    public record Group(long count, Instant since, List<DataId> named) {}

    /** All that falls short, grouped by what is alike; the largest groups first. */
    public List<Alike> alike(Connection connection, int most) throws SQLException {
        String sql = "with one as (select home, leaf, min(scope_id) scope_id, min(name) \"name\", min(since) since,"
                + " array_agg(clause order by verdict, clause) clauses, bool_or(verdict = 'B') breached,"
                + " (array_agg(reasons order by verdict, clause))[1] reasons from shortfall where not arriving"
                + " group by home, leaf) select clauses, breached, reasons, count(*), min(since),"
                + " (array_agg(name order by name))[1:5], (array_agg(scope_id order by name))[1:5] from one"
                + " group by 1, 2, 3 order by 2 desc, 4 desc limit ?";
        List<Alike> groups = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    groups.add(new Alike(
                            Arrays.stream((String[]) row.getArray(1).getArray())
                                    .map(ClauseId::new)
                                    .toList(),
                            row.getBoolean(2),
                            Summaries.reasons(row.getString(3)),
                            new Group(row.getLong(4), Micros.instant(row.getLong(5)), named(row))));
                }
            }
        }
        return groups;
    }

    private List<DataId> named(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray(6).getArray();
        Integer[] scopes = (Integer[]) row.getArray(7).getArray();
        List<DataId> ids = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            ids.add(new DataId(new Scope(words.text(scopes[i])), names[i]));
        }
        return ids;
    }

    private List<Short> read(PreparedStatement select) throws SQLException {
        List<Short> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                DataId id = new DataId(new Scope(words.text(row.getInt(5))), row.getString(6));
                Verdict verdict = row.getString(2).equals("B") ? Verdict.BREACHED : Verdict.UNDETERMINED;
                found.add(new Short(
                        new Failing(id.toString(), Optional.of(id), verdict, Summaries.reasons(row.getString(7))),
                        new ClauseId(row.getString(1)),
                        row.getBoolean(3),
                        Micros.instant(row.getLong(4))));
            }
        }
        return found;
    }
}
