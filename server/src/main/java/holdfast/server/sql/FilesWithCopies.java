package holdfast.server.sql;

import holdfast.catalog.CopyState;
import holdfast.journal.Micros;
import holdfast.server.sql.FileWithCopies.OneCopy;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files with their copies, in the order of their keys: ranges of each table, read in that order and merged here, which is
 * several times faster than a join; memory does not grow with the answer.
 */
public final class FilesWithCopies {
    /** How many files are read by their keys at once. */
    private static final int BY_KEY = 1_000;

    private static final String FILE = "home, leaf, scope_id, name, bytes, adler32, md5";
    private static final String COPY = "home, leaf, storage_id, state, since, path";
    private static final String MARK = "home, leaf, storage_id, state, until, path, at";

    private final Words words;

    public FilesWithCopies(Words words) {
        this.words = words;
    }

    /**
     * What else is wanted of each file.
     *
     * @param orders copies that are ordered and not there yet
     * @param parents the datasets that hold it
     * @param now marks whose time is over do not count
     */
    public record With(boolean orders, boolean parents, Instant now) {}

    /** The files of some datasets, each once; in a transaction. */
    public void ofDatasets(Connection connection, List<Long> datasets, With with, Consumer<FileWithCopies> out)
            throws SQLException {
        for (HomeSlices.Slice slice : HomeSlices.of(connection, datasets)) {
            Ranges ranges =
                    slice.isSparse() ? new Ranges.Members(slice.homes(), datasets) : new Ranges.Homes(slice.homes());
            try (KeyedRows members = ranges.members(connection, datasets);
                    Merge merge = new Merge(connection, ranges, with)) {
                merge.all(members, out);
            }
        }
    }

    /** Single files by their keys; unknown ones are passed over; in a transaction. */
    public void ofKeys(Connection connection, List<NameKey> keys, With with, Consumer<FileWithCopies> out)
            throws SQLException {
        List<NameKey> sorted = keys.stream().distinct().sorted().toList();
        for (int from = 0; from < sorted.size(); from += BY_KEY) {
            Ranges ranges = new Ranges.Keys(sorted.subList(from, Math.min(sorted.size(), from + BY_KEY)));
            try (KeyedRows wanted = ranges.members(connection, List.of());
                    Merge merge = new Merge(connection, ranges, with)) {
                merge.all(wanted, out);
            }
        }
    }

    /** The ordered rows of all tables over the same ranges. */
    private final class Merge implements AutoCloseable {
        private final KeyedRows files;
        private final KeyedRows copies;
        private final KeyedRows marks;
        private final @Nullable KeyedRows orders;
        private final @Nullable KeyedRows parents;
        private final With with;

        Merge(Connection connection, Ranges ranges, With with) throws SQLException {
            this.with = with;
            files = ranges.rows(connection, FILE, "file", "");
            copies = ranges.rows(connection, COPY, "copy", ", storage_id");
            marks = ranges.rows(connection, MARK, "mark", ", storage_id");
            orders = with.orders
                    ? ranges.rows(connection, "home, leaf, storage_id, raised_at", "demand", ", storage_id")
                    : null;
            parents = with.parents ? ranges.parents(connection) : null;
        }

        void all(KeyedRows wanted, Consumer<FileWithCopies> out) throws SQLException {
            long home = 0;
            long leaf = 0;
            boolean first = true;
            for (; wanted.has(); wanted.next()) {
                boolean again = !first && wanted.isAt(home, leaf);
                first = false;
                home = wanted.home();
                leaf = wanted.leaf();
                if (!again && files.reach(home, leaf)) {
                    out.accept(file(home, leaf));
                }
            }
        }

        private FileWithCopies file(long home, long leaf) throws SQLException {
            ResultSet row = files.row();
            return new FileWithCopies(
                    words.text(row.getInt(3)),
                    row.getString(4),
                    row.getLong(5),
                    hex(row.getBytes(6)),
                    hex(row.getBytes(7)),
                    copies(home, leaf),
                    parents(home, leaf));
        }

        private List<OneCopy> copies(long home, long leaf) throws SQLException {
            List<OneCopy> found = new ArrayList<>(2);
            for (copies.reach(home, leaf); copies.isAt(home, leaf); copies.next()) {
                ResultSet row = copies.row();
                CopyState state = Codes.copyState(row.getString(4));
                if (state != CopyState.RELEASED) {
                    found.add(new OneCopy(
                            row.getInt(3), Optional.of(state), ' ', row.getString(6), Micros.instant(row.getLong(5))));
                }
            }
            for (marks.reach(home, leaf); marks.isAt(home, leaf); marks.next()) {
                mark(marks.row(), found);
            }
            if (orders != null) {
                for (orders.reach(home, leaf); orders.isAt(home, leaf); orders.next()) {
                    order(orders.row(), found);
                }
            }
            return found;
        }

        private void mark(ResultSet row, List<OneCopy> found) throws SQLException {
            int storage = row.getInt(3);
            char letter = row.getString(4).charAt(0);
            boolean over = Columns.maybeLong(row, 5)
                    .filter(until -> until <= Micros.of(with.now))
                    .isPresent();
            if (over) {
                return;
            }
            for (int i = 0; i < found.size(); i++) {
                OneCopy copy = found.get(i);
                if (copy.storage() == storage) {
                    found.set(i, new OneCopy(storage, copy.state(), letter, copy.path(), copy.since()));
                    return;
                }
            }
            String path = row.getString(6);
            if (letter == 'C' && path != null) {
                found.add(new OneCopy(storage, Optional.empty(), letter, path, Micros.instant(row.getLong(7))));
            }
        }

        private void order(ResultSet row, List<OneCopy> found) throws SQLException {
            int storage = row.getInt(3);
            if (found.stream().noneMatch(c -> c.storage() == storage)) {
                found.add(new OneCopy(storage, Optional.empty(), 'C', "", Micros.instant(row.getLong(4))));
            }
        }

        private List<String> parents(long home, long leaf) throws SQLException {
            if (parents == null) {
                return List.of();
            }
            List<String> names = new ArrayList<>(1);
            for (parents.reach(home, leaf); parents.isAt(home, leaf); parents.next()) {
                names.add(words.text(parents.row().getInt(3)) + ":"
                        + parents.row().getString(4));
            }
            return names;
        }

        @Override
        public void close() throws SQLException {
            files.close();
            copies.close();
            marks.close();
            if (orders != null) {
                orders.close();
            }
            if (parents != null) {
                parents.close();
            }
        }
    }

    private static Optional<String> hex(byte @Nullable [] value) {
        return value == null ? Optional.empty() : Optional.of(HexFormat.of().formatHex(value));
    }

    /** Which rows of each table are read. */
    private sealed interface Ranges {
        /** The rows of one table. */
        KeyedRows rows(Connection connection, String columns, String table, String order) throws SQLException;

        /** The keys that are wanted. */
        KeyedRows members(Connection connection, List<Long> datasets) throws SQLException;

        /** The datasets that hold them, by number of scope and by name. */
        KeyedRows parents(Connection connection) throws SQLException;

        /** Whole homes. */
        record Homes(List<Long> homes) implements Ranges {
            @Override
            public KeyedRows rows(Connection connection, String columns, String table, String order)
                    throws SQLException {
                return over(
                        connection, "select " + columns + " from " + table + " where ", " order by home, leaf" + order);
            }

            @Override
            public KeyedRows members(Connection connection, List<Long> datasets) throws SQLException {
                return Ranges.members(connection, homes, datasets);
            }

            @Override
            public KeyedRows parents(Connection connection) throws SQLException {
                return over(
                        connection,
                        "select m.home, m.leaf, c.scope_id, c.name from (select * from member where ",
                        ") m join collection c on c.id = m.dataset_id order by m.home, m.leaf");
            }

            /** One home is one range of the index, in its order; several are sorted. */
            private KeyedRows over(Connection connection, String before, String after) throws SQLException {
                PreparedStatement select = connection.prepareStatement(
                        before + (homes.size() == 1 ? "home = ?" : "home = any(?)") + after);
                if (homes.size() == 1) {
                    select.setLong(1, homes.getFirst());
                } else {
                    select.setArray(1, Columns.longs(connection, homes, h -> h));
                }
                return new KeyedRows(select);
            }
        }

        /** The few files of one home that some datasets hold of the many that are there. */
        record Members(List<Long> homes, List<Long> datasets) implements Ranges {
            private static final String WANTED = "(select distinct home, leaf from member where home = any(?)"
                    + " and dataset_id = any(?) order by home, leaf) w cross join lateral (select ";

            @Override
            public KeyedRows rows(Connection connection, String columns, String table, String order)
                    throws SQLException {
                PreparedStatement select = connection.prepareStatement("select t.* from " + WANTED + columns + " from "
                        + table + " where home = w.home and leaf = w.leaf offset 0) t order by home, leaf" + order);
                return set(connection, select);
            }

            @Override
            public KeyedRows members(Connection connection, List<Long> sets) throws SQLException {
                return Ranges.members(connection, homes, sets);
            }

            @Override
            public KeyedRows parents(Connection connection) throws SQLException {
                PreparedStatement select = connection.prepareStatement("select t.* from " + WANTED
                        + "m.home, m.leaf, c.scope_id, c.name from dataset_home d join member m on m.home = d.home"
                        + " and m.dataset_id = d.dataset_id join collection c on c.id = m.dataset_id"
                        + " where d.home = w.home and m.leaf = w.leaf offset 0) t order by home, leaf");
                return set(connection, select);
            }

            private KeyedRows set(Connection connection, PreparedStatement select) throws SQLException {
                select.setArray(1, Columns.longs(connection, homes, h -> h));
                select.setArray(2, Columns.longs(connection, datasets, d -> d));
                return new KeyedRows(select);
            }
        }

        /** Single names. */
        record Keys(List<NameKey> keys) implements Ranges {
            @Override
            public KeyedRows rows(Connection connection, String columns, String table, String order)
                    throws SQLException {
                return over(
                        connection,
                        "select " + columns + " from " + table
                                + " where (home, leaf) in (select * from unnest(?::bigint[], ?::bigint[]))"
                                + " order by home, leaf" + order);
            }

            @Override
            public KeyedRows members(Connection connection, List<Long> datasets) throws SQLException {
                return over(
                        connection, "select * from unnest(?::bigint[], ?::bigint[]) w(home, leaf) order by home, leaf");
            }

            @Override
            public KeyedRows parents(Connection connection) throws SQLException {
                return over(
                        connection,
                        "select w.home, w.leaf, c.scope_id, c.name from unnest(?::bigint[], ?::bigint[]) w(home, leaf)"
                                + " join dataset_home d on d.home = w.home join member m on m.home = d.home"
                                + " and m.dataset_id = d.dataset_id and m.leaf = w.leaf"
                                + " join collection c on c.id = m.dataset_id order by w.home, w.leaf");
            }

            private KeyedRows over(Connection connection, String sql) throws SQLException {
                PreparedStatement select = connection.prepareStatement(sql);
                select.setArray(1, Columns.longs(connection, keys, NameKey::home));
                select.setArray(2, Columns.longs(connection, keys, NameKey::leaf));
                return new KeyedRows(select);
            }
        }

        private static KeyedRows members(Connection connection, List<Long> homes, List<Long> datasets)
                throws SQLException {
            boolean one = homes.size() == 1 && datasets.size() == 1;
            PreparedStatement select = connection.prepareStatement("select home, leaf from member where "
                    + (one ? "home = ? and dataset_id = ?" : "home = any(?) and dataset_id = any(?)")
                    + " order by home, leaf");
            if (one) {
                select.setLong(1, homes.getFirst());
                select.setLong(2, datasets.getFirst());
            } else {
                select.setArray(1, Columns.longs(connection, homes, h -> h));
                select.setArray(2, Columns.longs(connection, datasets, d -> d));
            }
            return new KeyedRows(select);
        }
    }
}
