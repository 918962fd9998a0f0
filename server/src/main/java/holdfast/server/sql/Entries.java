package holdfast.server.sql;

import holdfast.journal.Entry;
import holdfast.journal.Hash;
import holdfast.journal.MerkleTree;
import holdfast.journal.Micros;
import holdfast.journal.SignedHead;
import holdfast.vocabulary.Actor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads the journal in the order of its numbers, as a stream; keeps its signed heads. */
public final class Entries {
    private static final int FETCH = 64;
    private static final int FETCH_LEAVES = 10_000;
    private static final String COLUMNS =
            "l.seq, e.uuid, e.at, e.actor, e.kind, e.version, e.lines, e.seed, e.manifest";

    private final Database database;

    public Entries(Database database) {
        this.database = database;
    }

    /** Takes entries one by one. */
    @FunctionalInterface
    public interface Each<E extends Exception> {
        void take(long seq, Entry entry) throws E;
    }

    /** Hands over all entries numbered from one number (inclusive) to another (exclusive). */
    public <E extends Exception> void each(long from, long until, Each<E> each) throws E {
        Failure<E> failure = database.stream(connection -> read(connection, from, until, each));
        failure.rethrow();
    }

    /** Hands over the entries of one kind among those numbered from one number (inclusive) to another (exclusive). */
    public void eachOf(String kind, long from, long until, Each<RuntimeException> each) {
        String sql = "select " + COLUMNS + " from journal_leaf l join journal_entry e on e.id = l.entry_id"
                + " where l.seq >= ? and l.seq < ? and e.kind = ? order by l.seq";
        database.stream(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(FETCH);
                select.setLong(1, from);
                select.setLong(2, until);
                select.setString(3, kind);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        each.take(row.getLong(1), entry(row));
                    }
                }
            }
            return 0;
        });
    }

    /** All entries that declared downtimes, the oldest first: acts of people, few, with an index of their own. */
    public List<Entry> downtimes() {
        String sql =
                "select 0, e.uuid, e.at, e.actor, e.kind, e.version, e.lines, e.seed, e.manifest from journal_entry e"
                        + " where e.kind = 'storage.downtime-declared' order by e.id";
        return database.read(connection -> {
            List<Entry> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(entry(row));
                }
            }
            return found;
        });
    }

    /** Hands over all entries of one kind, the oldest first, numbered or not; it looks through the whole journal. */
    public void ofKind(String kind, Consumer<Entry> sink) {
        String sql =
                "select 0, e.uuid, e.at, e.actor, e.kind, e.version, e.lines, e.seed, e.manifest from journal_entry e"
                        + " where e.kind = ? order by e.id";
        database.stream(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(FETCH);
                select.setString(1, kind);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        sink.accept(entry(row));
                    }
                }
            }
            return true;
        });
    }

    /**
     * The number of the first entry that may be as young as a moment. Numbers follow time but for the length of a
     * transaction, so that this looks a few minutes further back; the caller looks at each entry's own time.
     */
    public long firstSince(Instant moment) {
        Instant earlier = moment.minus(Duration.ofMinutes(10));
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select e.at from journal_leaf l join journal_entry e on e.id = l.entry_id where l.seq = ?")) {
                long low = 0;
                long high = size();
                while (low < high) {
                    long middle = (low + high) >>> 1;
                    select.setLong(1, middle);
                    try (ResultSet row = select.executeQuery()) {
                        boolean old =
                                row.next() && Micros.instant(row.getLong(1)).isBefore(earlier);
                        low = old ? middle + 1 : low;
                        high = old ? high : middle;
                    }
                }
                return low;
            }
        });
    }

    /** When the entry of a number was written; empty where none has it. */
    public Optional<Instant> writtenAt(long seq) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select e.at from journal_leaf l join journal_entry e on e.id = l.entry_id where l.seq = ?")) {
                select.setLong(1, seq);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(Micros.instant(row.getLong(1))) : Optional.empty();
                }
            }
        });
    }

    /** Hands over everything that a transaction sees: what is numbered in that order, then what waits for its number. */
    void all(Connection connection, Consumer<Entry> each) throws SQLException {
        String sql = "select " + COLUMNS + " from journal_entry e left join journal_leaf l on l.entry_id = e.id"
                + " order by l.seq nulls last, e.id";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    each.accept(entry(row));
                }
            }
        }
    }

    /** How many entries were written, numbered or not. */
    public long written() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select count(*) from journal_entry");
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** How many entries are numbered. */
    public long size() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select size from journal_tree");
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** The root of the tree over the first entries; empty while fewer are numbered. Reads their leaves. */
    public Optional<Hash> rootAt(long size) {
        return database.stream(connection -> {
            MerkleTree tree = new MerkleTree();
            try (PreparedStatement select =
                    connection.prepareStatement("select hash from journal_leaf where seq < ? order by seq")) {
                select.setFetchSize(FETCH_LEAVES);
                select.setLong(1, size);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        tree.append(Hash.of(row.getBytes(1)));
                    }
                }
            }
            return tree.size() == size ? Optional.of(tree.root()) : Optional.empty();
        });
    }

    public void keep(SignedHead head) {
        database.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into journal_head(size, root, at, signature)"
                            + " values (?, ?, ?, ?) on conflict (size) do update set at = excluded.at,"
                            + " signature = excluded.signature")) {
                insert.setLong(1, head.size());
                insert.setBytes(2, head.root().bytes());
                insert.setLong(3, Micros.of(head.at()));
                insert.setString(4, head.signature());
                return insert.executeUpdate();
            }
        });
    }

    /** The newest signed head. */
    public Optional<SignedHead> head() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select size, root, at, signature from journal_head order by size desc limit 1");
                    ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new SignedHead(
                                row.getLong(1),
                                Hash.of(row.getBytes(2)),
                                Micros.instant(row.getLong(3)),
                                row.getString(4)))
                        : Optional.empty();
            }
        });
    }

    /** Whether an entry of an unknown commit is there after all. */
    public boolean has(UUID id) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select 1 from journal_entry where uuid = ?")) {
                select.setObject(1, id);
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    private record Failure<E extends Exception>(Optional<E> cause) {
        void rethrow() throws E {
            if (cause.isPresent()) {
                throw cause.get();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> Failure<E> read(Connection connection, long from, long until, Each<E> each)
            throws SQLException {
        String sql = "select " + COLUMNS
                + " from journal_leaf l join journal_entry e on e.id = l.entry_id where l.seq >= ? and l.seq < ?"
                + " order by l.seq";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH);
            select.setLong(1, from);
            select.setLong(2, until);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    try {
                        each.take(row.getLong(1), entry(row));
                    } catch (SQLException | RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        return new Failure<>(Optional.of((E) e));
                    }
                }
            }
        }
        return new Failure<>(Optional.empty());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Instant at = Micros.instant(row.getLong(3));
        return new Entry(
                row.getObject(2, UUID.class),
                at,
                new Actor(row.getString(4)),
                row.getString(5),
                row.getInt(6),
                Manifests.unpack(row.getBytes(9), row.getInt(7)),
                new Entry.Seed(row.getBytes(8)));
    }
}
