package holdfast.server.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the files of datasets, hundreds of thousands in a second and any number in the same memory. Method: homes in their
 * order, some at a time; of each the members and the files as two ordered range reads that are merged here, for a keyed
 * join costs twice as much. Where a dataset holds few of a home's files, those few are read by their keys instead.
 */
final class ContentReading {
    /** Files of one pair of range reads. */
    private static final long SLICE = 20_000;

    /** Below one file in so many a home is read by keys. */
    private static final long SPARSE = 10;

    private static final int FETCH = 2_000;
    private static final int FETCH_LEAVES = 10_000;

    private static final String HOMES = "select d.home, sum(d.files), coalesce((select sum(s.files) from census s"
            + " where s.home = d.home), 0) from dataset_home d where d.dataset_id = any(?::bigint[]) group by d.home"
            + " order by d.home";

    /** The home stands as one value on the inner side, so that the plan is one range of the index for each, in order. */
    private static final String OF_HOMES = " from unnest(?::bigint[]) h(home) cross join lateral (";

    private static final String FILE = "f.leaf, f.scope_id, f.name, f.bytes, f.adler32, f.md5, f.attributes";

    private static final String LEAVES = "select h.home, m.leaf" + OF_HOMES
            + "select leaf from member where home = h.home and dataset_id = ?" + " order by leaf) m";

    private static final String LEAVES_OF_SEVERAL =
            "select h.home, m.leaf" + OF_HOMES + "select distinct leaf from member where home = h.home"
                    + " and dataset_id = any(?::bigint[]) order by leaf) m";

    private static final String FILES =
            "select h.home, " + FILE + OF_HOMES + "select * from file where home = h.home order by leaf) f";

    private static final String BY_KEYS = "select h.home, " + FILE + OF_HOMES
            + "select distinct leaf from member where home = h.home and dataset_id = any(?::bigint[]) offset 0) m"
            + " join file f on f.home = h.home and f.leaf = m.leaf";

    private final Connection connection;
    private final Words words;
    private final long[] datasets;

    private record Home(long home, long files, boolean sparse) {}

    ContentReading(Connection connection, Words words, long[] datasets) {
        this.connection = connection;
        this.words = words;
        this.datasets = datasets;
    }

    void read(Consumer<ListedFile> sink) throws SQLException {
        List<Home> slice = new ArrayList<>();
        long files = 0;
        for (Home home : homes()) {
            if (!slice.isEmpty() && (files + home.files > SLICE || home.sparse != slice.getLast().sparse)) {
                read(slice, sink);
                slice.clear();
                files = 0;
            }
            slice.add(home);
            files += home.files;
        }
        if (!slice.isEmpty()) {
            read(slice, sink);
        }
    }

    private List<Home> homes() throws SQLException {
        List<Home> homes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(HOMES)) {
            select.setArray(1, Columns.longs(connection, datasets));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long files = row.getLong(2);
                    boolean sparse = files * SPARSE < row.getLong(3);
                    homes.add(new Home(row.getLong(1), sparse ? files : Math.max(files, row.getLong(3)), sparse));
                }
            }
        }
        return homes;
    }

    private void read(List<Home> slice, Consumer<ListedFile> sink) throws SQLException {
        long[] homes = slice.stream().mapToLong(Home::home).toArray();
        if (slice.getFirst().sparse) {
            byKeys(homes, sink);
        } else {
            merge(homes, sink);
        }
    }

    private void byKeys(long[] homes, Consumer<ListedFile> sink) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BY_KEYS)) {
            select.setFetchSize(FETCH);
            select.setArray(1, Columns.longs(connection, homes));
            select.setArray(2, Columns.longs(connection, datasets));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sink.accept(file(row));
                }
            }
        }
    }

    private void merge(long[] homes, Consumer<ListedFile> sink) throws SQLException {
        try (PreparedStatement leaves = leaves(homes);
                PreparedStatement files = connection.prepareStatement(FILES)) {
            files.setFetchSize(FETCH);
            files.setArray(1, Columns.longs(connection, homes));
            try (ResultSet wanted = leaves.executeQuery();
                    ResultSet file = files.executeQuery()) {
                boolean more = file.next();
                while (wanted.next()) {
                    long home = wanted.getLong(1);
                    long leaf = wanted.getLong(2);
                    while (more && isBefore(file, home, leaf)) {
                        more = file.next();
                    }
                    if (!more || file.getLong(1) != home || file.getLong(2) != leaf) {
                        throw new IllegalStateException("a member of a dataset is no file, or rows came out of order");
                    }
                    sink.accept(file(file));
                }
            }
        }
    }

    private static boolean isBefore(ResultSet file, long home, long leaf) throws SQLException {
        long its = file.getLong(1);
        return its < home || its == home && file.getLong(2) < leaf;
    }

    private PreparedStatement leaves(long[] homes) throws SQLException {
        PreparedStatement select = connection.prepareStatement(datasets.length == 1 ? LEAVES : LEAVES_OF_SEVERAL);
        select.setFetchSize(FETCH_LEAVES);
        select.setArray(1, Columns.longs(connection, homes));
        if (datasets.length == 1) {
            select.setLong(2, datasets[0]);
        } else {
            select.setArray(2, Columns.longs(connection, datasets));
        }
        return select;
    }

    private ListedFile file(ResultSet row) throws SQLException {
        return new ListedFile(
                words.text(row.getInt(3)),
                row.getString(4),
                row.getLong(5),
                row.getBytes(6),
                row.getBytes(7),
                row.getString(8));
    }
}
