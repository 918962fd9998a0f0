package holdfast.server.sql;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.judgement.Holding;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much the catalogue says lies at each element: every copy that was not released, be it good or bad. Whoever holds a
 * home's lock recomputes its sums; homes that are due are counted from the rows, so that an answer is never late.
 */
public final class StoredTable {
    private static final String SUMS = "select storage_id, sum(files), sum(bytes) from (select s.storage_id, s.files,"
            + " s.bytes from stored s where not exists (select from due d where d.home = s.home and d.rows) union all"
            + " select c.storage_id, count(*), coalesce(sum(f.bytes), 0) from (select distinct home from due where rows) d"
            + " join copy c on c.home = d.home and c.state <> 'G' join file f on f.home = c.home and f.leaf = c.leaf group"
            + " by 1) x group by 1";

    private static final String WRITE = "with gone as (delete from stored where home = ? and slice = ?"
            + " and storage_id <> all (?)) insert into stored(home, slice, storage_id, files, bytes)"
            + " select ?, ?, * from unnest(?::int[], ?::bigint[], ?::bigint[]) on conflict (home, slice, storage_id)"
            + " do update set files = excluded.files, bytes = excluded.bytes"
            + " where (stored.files, stored.bytes) is distinct from (excluded.files, excluded.bytes)";

    /** Each state that can be in use has its index or is rare; a released copy holds no element. */
    private static final String USED = "select exists (select from copy where storage_id = ? and state = 'P')"
            + " or exists (select from copy where storage_id = ? and state in ('A', 'S', 'K'))"
            + " or exists (select from rule_lock where storage_id = ?)"
            + " or exists (select from stored where storage_id = ?)";

    private final Words words;

    public StoredTable(Words words) {
        this.words = words;
    }

    /** Files and bytes at one element. */
    public record Sum(long files, long bytes) {
        public static final Sum NOTHING = new Sum(0, 0);

        private Sum plus(Sum other) {
            return new Sum(files + other.files, bytes + other.bytes);
        }
    }

    /** Writes the sums of a slice whose home is locked. */
    void write(Connection connection, Homes.Slice slice, List<Holding> found) throws SQLException {
        List<Map.Entry<StorageName, Sum>> rows = new ArrayList<>(added(found).entrySet());
        try (PreparedStatement write = connection.prepareStatement(WRITE)) {
            write.setLong(1, slice.home());
            write.setInt(2, slice.number());
            write.setArray(3, Columns.ints(connection, rows, r -> number(r.getKey())));
            write.setLong(4, slice.home());
            write.setInt(5, slice.number());
            write.setArray(6, Columns.ints(connection, rows, r -> number(r.getKey())));
            write.setArray(7, Columns.longs(connection, rows, r -> r.getValue().files()));
            write.setArray(8, Columns.longs(connection, rows, r -> r.getValue().bytes()));
            write.executeUpdate();
        }
    }

    private static Map<StorageName, Sum> added(List<Holding> found) {
        Map<StorageName, Sum> sums = new HashMap<>();
        for (Holding holding : found) {
            long bytes = holding.file().map(f -> f.size().bytes()).orElse(0L);
            for (CopyRow copy : holding.copies()) {
                if (copy.state() != CopyState.RELEASED) {
                    sums.merge(copy.storage(), new Sum(1, bytes), Sum::plus);
                }
            }
        }
        return sums;
    }

    /** What lies at each element; one at which nothing lies is left out. */
    public Map<StorageName, Sum> sums(Connection connection) throws SQLException {
        Map<StorageName, Sum> sums = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(SUMS);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                sums.put(new StorageName(words.text(row.getInt(1))), new Sum(row.getLong(2), row.getLong(3)));
            }
        }
        return sums;
    }

    /** Whether anything lies at an element, or is locked there. */
    public boolean isUsed(Connection connection, StorageName element) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(USED)) {
            for (int i = 1; i <= 4; i++) {
                select.setInt(i, number(element));
            }
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private int number(StorageName element) {
        return words.number(Words.Kind.STORAGE, element.name());
    }
}
