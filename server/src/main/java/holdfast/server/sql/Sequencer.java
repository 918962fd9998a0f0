package holdfast.server.sql;

import holdfast.journal.Hash;
import holdfast.journal.MerkleTree;
import holdfast.server.sql.Leases.Lease;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the journal's entries after their commit and grows the tree over them.
 *
 * <p>Goal: no entry is ever left out, although ids are drawn before commits, and entries that touch the same row stand in
 * the order in which they did. Method: every entry that can be seen and has no number yet is numbered, in the order of
 * ids. Of two entries on one row the later one drew its id while it held the row, after the earlier one had committed; so
 * whoever sees the later one sees the earlier one too, with the smaller id. Transaction numbers are no guide to this: a
 * later writer may have begun first. An entry that is seen late simply gets its number late. A low-water mark keeps the
 * search short: once every transaction that had begun when an id was seen has ended, nothing at or below that id can
 * appear any more.
 */
public final class Sequencer {
    private static final int BATCH = 10_000;
    private static final int HASH = 32;

    private final Database database;

    public Sequencer(Database database) {
        this.database = database;
    }

    /** The journal's tree as far as it is numbered. */
    public record Tree(long size, Hash root) {}

    /** Numbers what can be numbered; answers the tree, or the tree as it was when the lease was lost. */
    public Tree step(Lease lease) {
        return database.write(connection -> {
            Mark mark = mark(connection);
            State state = read(connection);
            if (!Leases.holds(connection, lease)) {
                return new Tree(state.tree.size(), state.tree.root());
            }
            boolean passed = hasPassed(connection, state);
            List<Long> ids = new ArrayList<>();
            List<byte[]> hashes = new ArrayList<>();
            boolean all = find(connection, state.low, ids, hashes);
            number(connection, state.tree.size(), ids, hashes);
            hashes.forEach(h -> state.tree.append(Hash.of(h)));
            write(connection, passed && all ? state.moved(mark) : state);
            return new Tree(state.tree.size(), state.tree.root());
        });
    }

    /** The tree as it is numbered now. */
    public Tree tree() {
        return database.read(connection -> {
            State state = read(connection);
            return new Tree(state.tree.size(), state.tree.root());
        });
    }

    private record State(MerkleTree tree, long low, Mark mark) {
        /** Nothing at or below the old mark can appear any more; the next one is set. */
        State moved(Mark next) {
            return new State(tree, mark.id, next);
        }
    }

    /** The newest id that could be seen, and the number of a transaction that began after that. */
    private record Mark(long id, String xid) {}

    private static State read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select size, peaks, low_entry, mark_entry, mark_xid::text from journal_tree for update");
                ResultSet row = select.executeQuery()) {
            row.next();
            byte[] peaks = row.getBytes(2);
            List<Hash> hashes = new ArrayList<>();
            for (int i = 0; i < peaks.length; i += HASH) {
                hashes.add(Hash.of(Arrays.copyOfRange(peaks, i, i + HASH)));
            }
            return new State(
                    new MerkleTree(row.getLong(1), hashes), row.getLong(3), new Mark(row.getLong(4), row.getString(5)));
        }
    }

    /**
     * Two statements, in this order and before any other: whoever drew an id up to the newest one had its transaction's
     * number before, so ours, drawn only now, is above it. (A snapshot's own bound would not do: it is one above the newest
     * transaction that has <em>ended</em>.)
     */
    private static Mark mark(Connection connection) throws SQLException {
        try (PreparedStatement newest = connection.prepareStatement("select coalesce(max(id), 0) from journal_entry");
                PreparedStatement own = connection.prepareStatement("select pg_current_xact_id()::text")) {
            long id;
            try (ResultSet row = newest.executeQuery()) {
                row.next();
                id = row.getLong(1);
            }
            try (ResultSet row = own.executeQuery()) {
                row.next();
                return new Mark(id, row.getString(1));
            }
        }
    }

    /** Whether all transactions below the mark had ended before the search that follows. */
    private static boolean hasPassed(Connection connection, State state) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select ?::xid8 <= pg_snapshot_xmin(pg_current_snapshot())")) {
            select.setString(1, state.mark.xid);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static boolean find(Connection connection, long low, List<Long> ids, List<byte[]> hashes)
            throws SQLException {
        String sql = "select e.id, e.leaf from journal_entry e where e.id > ?"
                + " and not exists (select from journal_leaf l where l.entry_id = e.id) order by e.id limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, low);
            select.setInt(2, BATCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                    hashes.add(row.getBytes(2));
                }
            }
        }
        return ids.size() < BATCH;
    }

    private static void number(Connection connection, long size, List<Long> ids, List<byte[]> hashes)
            throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into journal_leaf(seq, entry_id, hash)"
                        + " select ? + n.i, n.id, n.hash from unnest(?::bigint[], ?::bytea[]) with ordinality n(id, hash, i)")) {
            insert.setLong(1, size - 1);
            insert.setArray(2, Columns.longs(connection, ids, Long::longValue));
            insert.setArray(3, Columns.bytes(connection, hashes, java.util.Optional::of));
            insert.executeUpdate();
        }
    }

    private static void write(Connection connection, State state) throws SQLException {
        ByteArrayOutputStream peaks = new ByteArrayOutputStream();
        state.tree.peaks().forEach(h -> peaks.writeBytes(h.bytes()));
        try (PreparedStatement update = connection.prepareStatement("update journal_tree set size = ?, peaks = ?,"
                + " low_entry = ?, mark_entry = ?, mark_xid = ?::xid8")) {
            update.setLong(1, state.tree.size());
            update.setBytes(2, peaks.toByteArray());
            update.setLong(3, state.low);
            update.setLong(4, state.mark.id);
            update.setString(5, state.mark.xid);
            update.executeUpdate();
        }
    }
}
