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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
     * @param parents the collections that hold it, at any height
     * @param archives the archives that hold it, with their copies
     * @param now marks whose time is over do not count
     */
    public record With(boolean orders, boolean parents, boolean archives, Instant now) {
        private With plain() {
            return new With(orders, false, false, now);
        }
    }

    /** What one answer has read beside the files' own rows. */
    private static final class Reading {
        private final With with;
        private final NamesAbove above;
        private final boolean archives;
        private final Map<NameKey, FileWithCopies> known = new HashMap<>();

        Reading(With with, NamesAbove above, boolean archives) {
            this.with = with;
            this.above = above;
            this.archives = archives;
        }
    }

    private Reading reading(Connection connection, With with) throws SQLException {
        return new Reading(with, new NamesAbove(words), with.archives && anyArchive(connection));
    }

    private static boolean anyArchive(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select from constituent limit 1");
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /** Reads the archives that hold files of these ranges: one after the other, so that one cursor is open at a time. */
    private void readArchives(Connection connection, FileRanges ranges, Reading reading) throws SQLException {
        reading.known.clear();
        if (!reading.archives) {
            return;
        }
        Set<NameKey> keys = new TreeSet<>();
        try (KeyedRows within = ranges.archives(connection)) {
            for (; within.has(); within.next()) {
                keys.add(new NameKey(within.row().getLong(3), within.row().getLong(4)));
            }
        }
        ofKeys(
                connection,
                List.copyOf(keys),
                reading.with.plain(),
                archive -> reading.known.put(archive.id().key(), archive));
    }

    /** The files of some datasets, each once; in a transaction. */
    public void ofDatasets(Connection connection, List<Long> datasets, With with, Consumer<FileWithCopies> out)
            throws SQLException {
        Reading reading = reading(connection, with);
        for (HomeSlices.Slice slice : HomeSlices.of(connection, datasets)) {
            FileRanges ranges = slice.isSparse()
                    ? new FileRanges.Members(slice.homes(), datasets)
                    : new FileRanges.Homes(slice.homes());
            readArchives(connection, ranges, reading);
            try (KeyedRows members = ranges.members(connection, datasets);
                    Merge merge = new Merge(connection, ranges, reading)) {
                merge.all(members, out);
            }
        }
    }

    /** Single files by their keys; unknown ones are passed over; in a transaction. */
    public void ofKeys(Connection connection, List<NameKey> keys, With with, Consumer<FileWithCopies> out)
            throws SQLException {
        Reading reading = reading(connection, with);
        List<NameKey> sorted = keys.stream().distinct().sorted().toList();
        for (int from = 0; from < sorted.size(); from += BY_KEY) {
            FileRanges ranges = new FileRanges.Keys(sorted.subList(from, Math.min(sorted.size(), from + BY_KEY)));
            readArchives(connection, ranges, reading);
            try (KeyedRows wanted = ranges.members(connection, List.of());
                    Merge merge = new Merge(connection, ranges, reading)) {
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
        private final @Nullable KeyedRows archives;
        private final Connection connection;
        private final FileRanges ranges;
        private final Reading reading;

        Merge(Connection connection, FileRanges ranges, Reading reading) throws SQLException {
            this.connection = connection;
            this.ranges = ranges;
            this.reading = reading;
            files = ranges.rows(connection, FILE, "file", "");
            copies = ranges.rows(connection, COPY, "copy", ", storage_id");
            marks = ranges.rows(connection, MARK, "mark", ", storage_id");
            orders = reading.with.orders
                    ? ranges.rows(connection, "home, leaf, storage_id, raised_at", "demand", ", storage_id")
                    : null;
            parents = reading.with.parents ? ranges.parents(connection) : null;
            archives = reading.archives ? ranges.archives(connection) : null;
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
                    parents(home, leaf),
                    archives(home, leaf));
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
                    .filter(until -> until <= Micros.of(reading.with.now))
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
            Set<String> names = new LinkedHashSet<>();
            for (parents.reach(home, leaf); parents.isAt(home, leaf); parents.next()) {
                names.addAll(reading.above.of(connection, parents.row().getLong(3), ranges.homes()));
            }
            return List.copyOf(names);
        }

        private List<FileWithCopies> archives(long home, long leaf) throws SQLException {
            if (archives == null) {
                return List.of();
            }
            List<FileWithCopies> found = new ArrayList<>(1);
            for (archives.reach(home, leaf); archives.isAt(home, leaf); archives.next()) {
                ResultSet row = archives.row();
                Optional.ofNullable(reading.known.get(new NameKey(row.getLong(3), row.getLong(4))))
                        .ifPresent(found::add);
            }
            return found;
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
            if (archives != null) {
                archives.close();
            }
        }
    }

    private static Optional<String> hex(byte @Nullable [] value) {
        return value == null ? Optional.empty() : Optional.of(HexFormat.of().formatHex(value));
    }
}
