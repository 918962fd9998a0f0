package holdfast.server.sql;

import holdfast.durability.ClassHolding.CopySum;
import holdfast.durability.Cohort;
import holdfast.journal.Micros;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Adds up files and copies for the loss model, in three statements over the rows of {@code file} and {@code copy}: their cost
 * grows with the copies that are there, and not with the journal.
 */
public final class LossSums {
    private static final double MICROS_A_DAY = 86_400e6;
    private static final double MICROS_A_YEAR = 365.25 * MICROS_A_DAY;

    /** What each copy is, with the elements of {@link Believed} as arrays; the judgement's rules for single copies. */
    private static final String SORTED =
            "select c.*, c.state = 'P' and c.storage_id = any(e.counting) and c.proof_at >= c.written_at and"
                    + " c.proof_at <= e.until and (c.proof_medium or (c.proof_kind = 'B' and c.storage_id ="
                    + " any(e.buffered))) and (c.locator is not null or c.storage_id <> all(e.tapes)) as counts, c.state"
                    + " in ('A', 'P', 'S', 'K') and c.storage_id = any(e.open) as stands from copy c, (select ?::int[]"
                    + " counting, ?::int[] open, ?::int[] tapes, ?::int[] buffered, ?::bigint as until) e";

    private final Words words;

    public LossSums(Words words) {
        this.words = words;
    }

    /**
     * Elements whose copies are believed.
     *
     * @param counting whose proved copies count
     * @param open whose copies count or may count
     * @param tapes whose copies need a durable address
     * @param buffered tapes at which the plan takes a read from the buffer as proof
     * @param until the latest moment that a proof may bear
     */
    public record Believed(
            List<StorageElement> counting,
            List<StorageElement> open,
            List<StorageElement> tapes,
            List<StorageElement> buffered,
            Instant until) {}

    /** The files of a class whose copies stand at the same elements; of these, files with a SHA-256. */
    public record CohortSum(Optional<ClassId> classId, Cohort cohort, long digested) {}

    /** The cohorts of files that are not declared lost. */
    public List<CohortSum> cohorts(Connection connection, Believed believed, Map<StorageName, StorageElement> elements)
            throws SQLException {
        String sql =
                "with one as (select home, leaf, array_agg(storage_id order by storage_id) filter (where counts) good,"
                        + " array_agg(storage_id order by storage_id) filter (where stands and not counts) doubtful from ("
                        + SORTED
                        + ") s group by home, leaf) select f.class_id, coalesce(good, '{}'), coalesce(doubtful, '{}'),"
                        + " count(*), sum(f.bytes)::bigint, count(f.sha256) from file f left join one using (home,"
                        + " leaf) where not f.lost group by 1, 2, 3 order by 1, 2, 3";
        List<CohortSum> sums = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            fill(connection, select, believed);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Cohort cohort = new Cohort(
                            row.getLong(4),
                            new ByteSize(row.getLong(5)),
                            elements(row, 2, elements),
                            elements(row, 3, elements));
                    sums.add(new CohortSum(classOf(row), cohort, row.getLong(6)));
                }
            }
        }
        return sums;
    }

    /**
     * The copies of a class at an element.
     *
     * @param years the time that copies were watched: from each one's last write to its last proof or its damage
     */
    public record ElementSum(
            Optional<ClassId> classId, StorageName element, CopySum copies, long bytes, double years) {}

    /** Sums by class and element; a proof before its element's moment is late. */
    public List<ElementSum> elements(Connection connection, Believed believed, Late late, Instant now)
            throws SQLException {
        String sql = "select f.class_id, s.storage_id, count(*) filter (where counts), count(*) filter (where stands"
                + " and not counts), count(*) filter (where counts and proof_at < case when storage_id = any(?::int[])"
                + " then ? else ? end), count(*) filter (where state in ('C', 'U', 'M')), coalesce(avg(? - proof_at)"
                + " filter (where counts), 0), coalesce(max(? - proof_at) filter (where counts), 0), coalesce(sum(f.bytes)"
                + " filter (where counts), 0), sum(greatest(0, case when state in ('C', 'U', 'M') then since else"
                + " coalesce(proof_at, written_at) end -"
                + " written_at))"
                + " from"
                + " (" + SORTED + ") s join file f using (home, leaf) where not f.lost"
                + " group by 1, 2 order by 1, 2";
        List<ElementSum> sums = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, numbers(connection, believed.tapes));
            select.setLong(2, Micros.of(late.tape));
            select.setLong(3, Micros.of(late.disk));
            select.setLong(4, Micros.of(now));
            select.setLong(5, Micros.of(now));
            fill(connection, select, believed, 6);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sums.add(elementSum(row));
                }
            }
        }
        return sums;
    }

    /** Proofs older than these are late. */
    public record Late(Instant tape, Instant disk) {}

    /** Bytes written since a moment at all elements but one, for each hour and element in which any were. */
    public double bytesPerHour(Connection connection, StorageName except, Instant since) throws SQLException {
        String sql =
                "select coalesce(sum(bytes), 0), count(*) from (select storage_id, written_at / 3600000000 as hour,"
                        + " sum(f.bytes) as bytes from copy c join file f using (home, leaf) where c.storage_id <> ?"
                        + " and c.written_at >= ? group by 1, 2) h";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, words.number(Words.Kind.STORAGE, except.name()));
            select.setLong(2, Micros.of(since));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(2) == 0 ? 0 : row.getDouble(1) / row.getLong(2);
            }
        }
    }

    private ElementSum elementSum(ResultSet row) throws SQLException {
        CopySum copies = new CopySum(
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getDouble(7) / MICROS_A_DAY,
                row.getDouble(8) / MICROS_A_DAY);
        StorageName element = new StorageName(words.text(row.getInt(2)));
        return new ElementSum(classOf(row), element, copies, row.getLong(9), row.getDouble(10) / MICROS_A_YEAR);
    }

    private Optional<ClassId> classOf(ResultSet row) throws SQLException {
        return Columns.maybeInt(row, 1).map(words::text).map(ClassId::new);
    }

    private List<StorageElement> elements(ResultSet row, int column, Map<StorageName, StorageElement> elements)
            throws SQLException {
        return Arrays.stream((Integer[]) row.getArray(column).getArray())
                .map(number -> elements.get(new StorageName(words.text(number))))
                .filter(Objects::nonNull)
                .toList();
    }

    private void fill(Connection connection, PreparedStatement select, Believed believed) throws SQLException {
        fill(connection, select, believed, 1);
    }

    private void fill(Connection connection, PreparedStatement select, Believed believed, int first)
            throws SQLException {
        int column = first;
        select.setArray(column++, numbers(connection, believed.counting));
        select.setArray(column++, numbers(connection, believed.open));
        select.setArray(column++, numbers(connection, believed.tapes));
        select.setArray(column++, numbers(connection, believed.buffered));
        select.setLong(column, Micros.of(believed.until));
    }

    private java.sql.Array numbers(Connection connection, List<StorageElement> elements) throws SQLException {
        return Columns.ints(
                connection,
                elements,
                e -> words.number(Words.Kind.STORAGE, e.name().name()));
    }
}
