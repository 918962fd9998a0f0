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
 * <p>Goal: no entry is ever left out, although ids are drawn before commits. Method: only entries whose transaction lies
 * below every running one are numbered, in the order of their ids. Entries that touch the same row cannot be misordered,
 * since each draws its id while it holds the row; so one that can be numbered still waits for those with smaller ids
 * that cannot. A low-water mark keeps the search short: each transaction has its own number before it draws an id, so
 * once all with smaller numbers than one begun after an id was seen have ended, nothing at or below that id can appear.
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
            List<Long> ids = new ArrayList<>();
            List<byte[]> hashes = new ArrayList<>();
            boolean all = find(connection, state.low, ids, hashes);
            number(connection, state.tree.size(), ids, hashes);
            hashes.forEach(h -> state.tree.append(Hash.of(h)));
            write(connection, state, all && state.markPassed ? mark : null);
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

    /** The tree, the low-water mark, and whether all that could stand at or below the next one was to be seen by now. */
    private record State(MerkleTree tree, long low, boolean markPassed) {}

    /** The newest id that exists, and then the number of this transaction: younger than any that drew such an id. */
    private record Mark(long id, long xid) {}

    private static State read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select size, peaks, low_entry,"
                        + " mark_xid <= pg_snapshot_xmin(pg_current_snapshot()) from journal_tree for update");
                ResultSet row = select.executeQuery()) {
            row.next();
            byte[] peaks = row.getBytes(2);
            List<Hash> hashes = new ArrayList<>();
            for (int i = 0; i < peaks.length; i += HASH) {
                hashes.add(Hash.of(Arrays.copyOfRange(peaks, i, i + HASH)));
            }
            return new State(new MerkleTree(row.getLong(1), hashes), row.getLong(3), row.getBoolean(4));
        }
    }

    private static Mark mark(Connection connection) throws SQLException {
        long id = one(connection, "select coalesce(max(id), 0) from journal_entry");
        return new Mark(id, one(connection, "select pg_current_xact_id()::text::bigint"));
    }

    private static long one(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static boolean find(Connection connection, long low, List<Long> ids, List<byte[]> hashes)
            throws SQLException {
        String sql = "select e.id, e.leaf from journal_entry e where e.id > ?"
                + " and e.xid < pg_snapshot_xmin(pg_current_snapshot())"
                + " and e.id < coalesce((select min(n.id) from journal_entry n where n.id > ?"
                + " and n.xid >= pg_snapshot_xmin(pg_current_snapshot())), 9223372036854775807)"
                + " and not exists (select from journal_leaf l where l.entry_id = e.id) order by e.id limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, low);
            select.setLong(2, low);
            select.setInt(3, BATCH);
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

    /** Keeps the tree; the low-water mark moves up to the old mark, if that was passed before the search began. */
    private static void write(Connection connection, State state, @org.jspecify.annotations.Nullable Mark fresh)
            throws SQLException {
        ByteArrayOutputStream peaks = new ByteArrayOutputStream();
        state.tree.peaks().forEach(h -> peaks.writeBytes(h.bytes()));
        try (PreparedStatement update = connection.prepareStatement("update journal_tree set size = ?, peaks = ?")) {
            update.setLong(1, state.tree.size());
            update.setBytes(2, peaks.toByteArray());
            update.executeUpdate();
        }
        if (fresh == null) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update journal_tree set low_entry = mark_entry, mark_entry = ?, mark_xid = ?::text::xid8")) {
            update.setLong(1, fresh.id);
            update.setLong(2, fresh.xid);
            update.executeUpdate();
        }
    }
}
