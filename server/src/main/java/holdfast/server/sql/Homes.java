package holdfast.server.sql;

import holdfast.custody.Attended;
import holdfast.custody.Commitments;
import holdfast.journal.Micros;
import holdfast.judgement.Holding;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
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
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Homes whose summaries are due. A home's directory row is the lock of all its summaries; a directory too large to be
 * attended whole is cut into slices, each attended by itself.
 */
public final class Homes {
    /** The most files one slice should hold; beyond twice that the directory is cut finer. */
    static final int SLICE = 2_000;

    private static final int FINEST = 16;

    private final Holdings holdings;
    private final Summaries summaries;
    private final DemandTable demands;
    private final RulePromises promises;
    private final PresentTable present = new PresentTable();
    private final StoredTable stored;

    public Homes(Words words) {
        this.holdings = new Holdings(words);
        this.summaries = new Summaries(words);
        this.demands = new DemandTable(words);
        this.promises = new RulePromises(words);
        this.stored = new StoredTable(words);
    }

    /** A slice of a home that is to be attended. */
    public record Slice(long home, int number, int bits) {
        long firstLeaf() {
            return NameKey.firstLeaf(number, bits);
        }

        long lastLeaf() {
            return NameKey.lastLeaf(number, bits);
        }
    }

    /** Attends some holdings; pure. */
    @FunctionalInterface
    public interface Attend {
        Attended to(List<Holding> holdings, Commitments given);
    }

    /** Homes that have work due, those waiting longest first. */
    public List<Long> due(Connection connection, int most) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select home from due group by home order by min(id) limit ?")) {
            select.setInt(1, most);
            List<Long> homes = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    homes.add(row.getLong(1));
                }
            }
            return homes;
        }
    }

    /** Every home there is. */
    public List<Long> all(Connection connection) throws SQLException {
        List<Long> homes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select home from directory order by home");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                homes.add(row.getLong(1));
            }
        }
        return homes;
    }

    /** Makes due what time alone may have changed since its answer was taken; answers how many slices. */
    public int makeDueByTime(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into due(home, rows) select distinct t.home, false from tally t where t.duty = -1 and"
                        + " t.valid_until <= ? and not exists (select from due d where d.home = t.home and d.leaf is"
                        + " null)")) {
            insert.setLong(1, Micros.of(now));
            return insert.executeUpdate();
        }
    }

    /**
     * Takes a home's due work away and attends what it names, under the home's lock.
     *
     * @return what was attended, slice by slice; empty when another node holds the home or nothing is due
     */
    public List<Attended> attend(Connection connection, long home, Attend attend, Instant now) throws SQLException {
        Optional<Integer> bits = lock(connection, home);
        if (bits.isEmpty()) {
            return List.of();
        }
        Due due = takeDue(connection, home, bits.get());
        List<Attended> done = new ArrayList<>(due.slices.size());
        for (int number : due.slices) {
            Slice slice = new Slice(home, number, bits.get());
            List<Holding> found = holdings.inRange(connection, home, slice.firstLeaf(), slice.lastLeaf());
            if (found.size() > 2 * SLICE && slice.bits < FINEST) {
                cutFiner(connection, home, slice.bits + bitsFor(found.size()));
                return List.of();
            }
            Attended attended = attend.to(found, commitments(connection, slice, found));
            summaries.write(connection, slice, attended, now);
            stored.write(connection, slice, found);
            done.add(attended);
        }
        if (due.rows) {
            present.recompute(connection, home);
        }
        return done;
    }

    /** Which scopes are observed is read after the files: a file of one was registered after its scope became so. */
    private Commitments commitments(Connection connection, Slice slice, List<Holding> found) throws SQLException {
        return new Commitments(
                ordered(connection, slice, found),
                promises.in(connection, slice, found),
                ObservedScopes.in(connection));
    }

    private Map<DataId, Set<StorageName>> ordered(Connection connection, Slice slice, List<Holding> found)
            throws SQLException {
        Map<NameKey, Set<StorageName>> byKey = demands.inRange(connection, slice);
        Map<DataId, Set<StorageName>> ordered = new HashMap<>();
        if (!byKey.isEmpty()) {
            found.forEach(h -> Optional.ofNullable(byKey.get(h.id().key())).ifPresent(to -> ordered.put(h.id(), to)));
        }
        return ordered;
    }

    private static int bitsFor(int files) {
        return Math.clamp(Integer.SIZE - Integer.numberOfLeadingZeros(files / SLICE), 1, FINEST);
    }

    private static Optional<Integer> lock(Connection connection, long home) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select slice_bits from directory where home = ? for update skip locked")) {
            select.setLong(1, home);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
            }
        }
    }

    /** @param rows whether rows of files, copies or contents changed, and not only what they are judged by */
    private record Due(SortedSet<Integer> slices, boolean rows) {}

    /** A statement of its own after the lock: it sees all that was committed before the lock was had. */
    private static Due takeDue(Connection connection, long home, int bits) throws SQLException {
        SortedSet<Integer> slices = new TreeSet<>();
        boolean whole = false;
        boolean rows = false;
        try (PreparedStatement delete =
                connection.prepareStatement("delete from due where home = ? returning leaf, rows")) {
            delete.setLong(1, home);
            try (ResultSet row = delete.executeQuery()) {
                while (row.next()) {
                    Optional<Long> leaf = Columns.maybeLong(row, 1);
                    whole = whole || leaf.isEmpty();
                    rows = rows || row.getBoolean(2);
                    leaf.ifPresent(l -> slices.add(new NameKey(home, l).slice(bits)));
                }
            }
        }
        if (whole) {
            for (int i = 0; i < 1 << bits; i++) {
                slices.add(i);
            }
        }
        return new Due(slices, rows);
    }

    /** Cuts a directory finer: its summaries go, and all its slices are due. */
    private static void cutFiner(Connection connection, long home, int bits) throws SQLException {
        for (String table : List.of("tally", "held", "census", "stored")) {
            try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where home = ?")) {
                delete.setLong(1, home);
                delete.executeUpdate();
            }
        }
        try (PreparedStatement update = connection.prepareStatement(
                "with cut as (update directory set slice_bits = ? where home = ? returning home)"
                        + " insert into due(home) select home from cut")) {
            update.setInt(1, Math.min(bits, FINEST));
            update.setLong(2, home);
            update.executeUpdate();
        }
    }
}
