package holdfast.server.sql;

import holdfast.journal.Entry;
import holdfast.journal.Fact;
import holdfast.journal.Hash;
import holdfast.journal.MerkleTree;
import holdfast.journal.Micros;
import holdfast.vocabulary.StorageName;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Writes a journal that has its numbers already into an empty database, with the rows that its facts state by the same
 * fold as the server's. One writer alone; every batch is a transaction, and where it was cut off it goes on.
 */
public final class Refill {
    /** What the house remembers of it: under way, or done. */
    public static final String MEMORY = "rebuild";

    /** Elements that had copies before the rebuild were marked; which mark it was is in no journal. */
    public static final String MARKED = "marked-before-rebuild:";

    private static final String UNDER_WAY = "under way";
    private static final String ENTRY = "with own as materialized (select pg_current_xact_id() as xid), e as ("
            + " insert into journal_entry(xid, uuid, at, actor, kind, version, lines, leaf, seed, manifest)"
            + " select own.xid, ?, ?, ?, ?, ?, ?, ?, ?, ? from own returning id, leaf)"
            + " insert into journal_leaf(seq, entry_id, hash) select ?, id, leaf from e";

    private final Database database;
    private final Rows rows;
    private final Memory memory;

    public Refill(Database database, Words words) {
        this.database = database;
        this.rows = new Rows(words);
        this.memory = new Memory(database);
    }

    /** An entry as it stood in the journal, with the fact that it carries. */
    public record Numbered(long number, Entry entry, Hash leaf, Fact fact) {}

    /** Whether a rebuild may begin here, or go on. */
    public sealed interface Standing {
        record Empty() implements Standing {}

        record UnderWay(long size, Hash root) implements Standing {}

        /** A house stands here. @param entries of its journal */
        record Taken(long entries) implements Standing {}
    }

    public Standing standing(Entries entries, Sequencer sequencer) {
        boolean begun =
                memory.recall(MEMORY).map(n -> n.value().equals(UNDER_WAY)).orElse(false);
        if (begun) {
            Sequencer.Tree tree = sequencer.tree();
            return new Standing.UnderWay(tree.size(), tree.root());
        }
        long written = entries.written();
        return written == 0 ? new Standing.Empty() : new Standing.Taken(written);
    }

    /** Says that this database is being refilled: no server begins on it before the end. */
    public void begin(Instant now) {
        memory.keep(MEMORY, UNDER_WAY, now);
    }

    /** Whether a database was left in the middle of a rebuild. */
    public static boolean isUnderWay(Memory memory) {
        return memory.recall(MEMORY).map(n -> n.value().equals(UNDER_WAY)).orElse(false);
    }

    /** Writes entries with their rows; the tree is the journal's with them. */
    public void take(List<Numbered> batch, MerkleTree after) {
        database.write(connection -> {
            for (Numbered one : batch) {
                rows.take(connection, one.fact, one.entry.at());
            }
            entries(connection, batch);
            tree(connection, after);
            return batch.size();
        });
    }

    private static void entries(Connection connection, List<Numbered> batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ENTRY)) {
            for (Numbered one : batch) {
                Entry entry = one.entry;
                insert.setObject(1, entry.id());
                insert.setLong(2, Micros.of(entry.at()));
                insert.setString(3, entry.actor().name());
                insert.setString(4, entry.kind());
                insert.setInt(5, entry.version());
                insert.setInt(6, entry.lines().size());
                insert.setBytes(7, one.leaf.bytes());
                insert.setBytes(8, entry.seed().bytes());
                insert.setBytes(9, Manifests.pack(entry.linesAsBytes()));
                insert.setLong(10, one.number);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Nobody else writes here, so every id up to the newest is seen and numbered. */
    private static void tree(Connection connection, MerkleTree tree) throws SQLException {
        ByteArrayOutputStream peaks = new ByteArrayOutputStream();
        tree.peaks().forEach(h -> peaks.writeBytes(h.bytes()));
        try (PreparedStatement update = connection.prepareStatement("update journal_tree set size = ?, peaks = ?,"
                + " low_entry = n.id, mark_entry = n.id from (select max(id) as id from journal_entry) n")) {
            update.setLong(1, tree.size());
            update.setBytes(2, peaks.toByteArray());
            update.executeUpdate();
        }
    }

    /** Makes each home due once, instead of once for each fact about it. */
    public void settle() {
        database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("truncate due");
                return statement.executeUpdate("insert into due(home) select home from directory");
            }
        });
    }

    /** Elements that had copies were marked: an empty mount point in their place must not be taken for a new element. */
    public void remember(Collection<StorageName> elements, Instant now) {
        elements.forEach(name -> memory.keep(MARKED + name, "some mark", now));
    }

    /** The last statement of the transaction that ends a rebuild. */
    public void end(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update memory set value = 'done', at = ? where name = '" + MEMORY + "'")) {
            update.setLong(1, Micros.of(now));
            update.executeUpdate();
        }
    }

    /** How many rows of files and of copies there are. */
    public record Count(long files, long copies) {}

    public Count count() {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("select (select count(*) from file), (select count(*) from copy)")) {
                row.next();
                return new Count(row.getLong(1), row.getLong(2));
            }
        });
    }
}
