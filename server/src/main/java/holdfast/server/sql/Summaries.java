package holdfast.server.sql;

import holdfast.custody.Attended;
import holdfast.custody.Attended.Census;
import holdfast.custody.Attended.DutyKey;
import holdfast.custody.Attended.Held;
import holdfast.custody.Attended.HeldKey;
import holdfast.custody.Attended.Shortfall;
import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.judgement.Reason;
import holdfast.judgement.Tally;
import holdfast.judgement.Verdict;
import holdfast.server.sql.Homes.Slice;
import holdfast.vocabulary.ClassId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the summaries of a slice as absolute numbers, replacing what stood there; its home is locked. */
final class Summaries {
    private final Words words;
    private final DemandTable demands;

    Summaries(Words words) {
        this.words = words;
        this.demands = new DemandTable(words);
    }

    void write(Connection connection, Slice slice, Attended attended, Instant now) throws SQLException {
        tallies(connection, slice, attended.tallies());
        held(connection, slice, attended.held());
        census(connection, slice, attended.census());
        shortfalls(connection, slice, attended.shortfalls(), now);
        BreachTable.follow(connection, slice, now);
        demands.replace(connection, slice, attended.orders(), now);
    }

    private static void tallies(Connection connection, Slice slice, Map<DutyKey, Tally> tallies) throws SQLException {
        clear(connection, "tally", slice);
        List<Map.Entry<DutyKey, Tally>> rows = List.copyOf(tallies.entrySet());
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into tally(home, slice, clause, duty, subjects, breached, undetermined, arriving,"
                        + " oldest_arriving, oldest_proof, silent_since, valid_until) select ?, ?, * from"
                        + " unnest(?::text[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],"
                        + " ?::bigint[], ?::bigint[], ?::bigint[])")) {
            insert.setLong(1, slice.home());
            insert.setInt(2, slice.number());
            insert.setArray(
                    3, Columns.texts(connection, rows, r -> r.getKey().clause().name()));
            insert.setArray(4, Columns.ints(connection, rows, r -> r.getKey().duty()));
            insert.setArray(5, Columns.longs(connection, rows, r -> r.getValue().subjects()));
            insert.setArray(6, Columns.longs(connection, rows, r -> r.getValue().breached()));
            insert.setArray(7, Columns.longs(connection, rows, r -> r.getValue().undetermined()));
            insert.setArray(8, Columns.longs(connection, rows, r -> r.getValue().arriving()));
            insert.setArray(9, times(connection, rows, Tally::oldestArriving));
            insert.setArray(10, times(connection, rows, Tally::oldestProof));
            insert.setArray(11, times(connection, rows, Tally::silentSince));
            insert.setArray(
                    12, Columns.longs(connection, rows, r -> until(r.getValue().validUntil())));
            insert.executeUpdate();
        }
    }

    /** The end of all time, as a row keeps it. */
    static long until(Instant validUntil) {
        return validUntil.equals(Instant.MAX) ? Long.MAX_VALUE : Micros.of(validUntil);
    }

    static Instant until(long micros) {
        return micros == Long.MAX_VALUE ? Instant.MAX : Micros.instant(micros);
    }

    private static java.sql.Array times(
            Connection connection,
            List<Map.Entry<DutyKey, Tally>> rows,
            java.util.function.Function<Tally, Optional<Instant>> time)
            throws SQLException {
        return Columns.maybeLongs(
                connection, rows, r -> time.apply(r.getValue()).map(Micros::of));
    }

    private void held(Connection connection, Slice slice, Map<HeldKey, Held> held) throws SQLException {
        clear(connection, "held", slice);
        if (held.isEmpty()) {
            return;
        }
        List<Map.Entry<HeldKey, Held>> rows = List.copyOf(held.entrySet());
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into held(home, slice, class_id, storage_id, period, files, counting, bytes) select ?, ?, *"
                        + " from unnest(?::int[], ?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[])")) {
            insert.setLong(1, slice.home());
            insert.setInt(2, slice.number());
            insert.setArray(
                    3,
                    Columns.ints(
                            connection,
                            rows,
                            r -> words.number(
                                    Words.Kind.CLASS, r.getKey().classId().name())));
            insert.setArray(
                    4,
                    Columns.ints(
                            connection,
                            rows,
                            r -> words.number(
                                    Words.Kind.STORAGE, r.getKey().storage().name())));
            insert.setArray(5, Columns.ints(connection, rows, r ->
                    (int) r.getKey().period().toEpochDay()));
            insert.setArray(6, Columns.longs(connection, rows, r -> r.getValue().files()));
            insert.setArray(7, Columns.longs(connection, rows, r -> r.getValue().counting()));
            insert.setArray(8, Columns.longs(connection, rows, r -> r.getValue().bytes()));
            insert.executeUpdate();
        }
    }

    private void census(Connection connection, Slice slice, Map<Optional<ClassId>, Census> census) throws SQLException {
        clear(connection, "census", slice);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into census(home, slice, class_id, files, bytes, lost) values (?, ?, ?, ?, ?, ?)")) {
            for (Map.Entry<Optional<ClassId>, Census> row : census.entrySet()) {
                insert.setLong(1, slice.home());
                insert.setInt(2, slice.number());
                insert.setInt(
                        3,
                        row.getKey()
                                .map(c -> words.number(Words.Kind.CLASS, c.name()))
                                .orElse(0));
                insert.setLong(4, row.getValue().files());
                insert.setLong(5, row.getValue().bytes());
                insert.setLong(6, row.getValue().lost());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void clear(Connection connection, String table, Slice slice) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from " + table + " where home = ? and slice = ?")) {
            delete.setLong(1, slice.home());
            delete.setInt(2, slice.number());
            delete.executeUpdate();
        }
    }

    /** Rows that no longer hold go; one that still holds keeps the moment since when it does, and is not written again. */
    private void shortfalls(Connection connection, Slice slice, List<Shortfall> shortfalls, Instant now)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from shortfall s where s.home = ? and s.leaf between ? and ? and (s.leaf, s.clause) not in"
                        + " (select * from unnest(?::bigint[], ?::text[]))")) {
            delete.setLong(1, slice.home());
            delete.setLong(2, slice.firstLeaf());
            delete.setLong(3, slice.lastLeaf());
            delete.setArray(
                    4, Columns.longs(connection, shortfalls, s -> s.file().key().leaf()));
            delete.setArray(
                    5, Columns.texts(connection, shortfalls, s -> s.clause().name()));
            delete.executeUpdate();
        }
        if (shortfalls.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into shortfall(home, since, leaf, clause, verdict, arriving, scope_id, name, reasons) select"
                        + " ?, ?, n.* from unnest(?::bigint[], ?::text[], ?::\"char\"[], ?::bool[], ?::int[], ?::text[],"
                        + " ?::text[]) n(leaf, clause, verdict, arriving, scope_id, name, reasons) where not exists"
                        // A plan made before the table was analyzed goes by the clause, and reads all of it each time.
                        + " (select from shortfall s where s.home = ? and s.leaf = n.leaf and s.clause || '' = n.clause"
                        + " and s.verdict = n.verdict and s.arriving = n.arriving and s.reasons = n.reasons)"
                        + " on conflict (home, leaf, clause) do update set verdict = excluded.verdict,"
                        + " arriving = excluded.arriving, reasons = excluded.reasons,"
                        + " since = case when shortfall.verdict = excluded.verdict then shortfall.since"
                        + " else excluded.since end")) {
            upsert.setLong(1, slice.home());
            upsert.setLong(2, Micros.of(now));
            upsert.setArray(
                    3, Columns.longs(connection, shortfalls, s -> s.file().key().leaf()));
            upsert.setArray(
                    4, Columns.texts(connection, shortfalls, s -> s.clause().name()));
            upsert.setArray(
                    5,
                    Columns.texts(connection, shortfalls, s -> s.answer().verdict() == Verdict.BREACHED ? "B" : "U"));
            upsert.setArray(
                    6, Columns.flags(connection, shortfalls, s -> s.answer().arriving()));
            upsert.setArray(
                    7,
                    Columns.ints(
                            connection,
                            shortfalls,
                            s -> words.number(Words.Kind.SCOPE, s.file().scope().name())));
            upsert.setArray(
                    8, Columns.texts(connection, shortfalls, s -> s.file().name()));
            upsert.setArray(
                    9,
                    Columns.texts(
                            connection, shortfalls, s -> reasons(s.answer().reasons())));
            upsert.setLong(10, slice.home());
            upsert.executeUpdate();
        }
    }

    /** Reasons as lines: code, element, sentence. */
    static String reasons(List<Reason> reasons) {
        return reasons.stream()
                .map(r -> new Line.Writer()
                        .put(r.code())
                        .put(r.where())
                        .put(r.text())
                        .line()
                        .text())
                .collect(Collectors.joining("\n"));
    }

    static List<Reason> reasons(String text) {
        return text.isEmpty()
                ? List.of()
                : text.lines().map(Line::of).map(Summaries::reason).toList();
    }

    private static Reason reason(Line text) {
        Line.Reader line = new Line.Reader(text);
        return new Reason(
                Reason.Code.valueOf(line.text()), line.maybe().map(holdfast.vocabulary.StorageName::new), line.text());
    }
}
