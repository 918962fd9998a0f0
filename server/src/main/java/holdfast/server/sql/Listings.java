package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.storage.StorageDriver.Listed;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares an element's listing with the catalogue in sets. The listing is staged in short transactions; memory here does
 * not grow with it.
 */
public final class Listings {
    private static final String OLD = "'^\\.rewritten-[0-9]+/'";

    /**
     * Listed paths that no row names. Not among them: what this house keeps for itself, and writings that a later one of
     * the same file took the place of, since damaged bytes are never overwritten.
     */
    private static final String DARK = "with unowned as materialized (select l.path, l.bytes, regexp_replace(l.path, "
            + OLD + ", '') as rule, coalesce(substring(l.path from '^\\.rewritten-([0-9]{1,9})/')::int, 0) as writing"
            + " from listed l where l.storage_id = ? and l.path not like '.canary/%' and l.path not like '.journal/%'"
            + " and not exists (select 1 from copy c where c.storage_id = l.storage_id and c.path = l.path))"
            + " insert into dark(storage_id, path, bytes, seen_at, listed_at) select ?, u.path, u.bytes, ?, ?"
            + " from unowned u where not exists (select 1 from copy c where c.storage_id = ? and c.writing > 0"
            + " and regexp_replace(c.path, " + OLD + ", '') = u.rule and c.writing > u.writing)"
            + " on conflict (storage_id, path) do update set bytes = excluded.bytes, listed_at = excluded.listed_at";

    private static final String EXPECTED =
            " from copy c where c.storage_id = ? and c.state in ('A', 'P', 'S', 'K') and c.written_at < ?";

    private static final String UNLISTED = "insert into unlisted(storage_id, home, leaf) select c.storage_id, c.home,"
            + " c.leaf" + EXPECTED + " and not exists (select 1 from listed l, file f where l.storage_id = c.storage_id"
            + " and l.path = c.path and f.home = c.home and f.leaf = c.leaf and l.bytes = f.bytes)";

    private final Database database;
    private final Words words;

    /** The listing's tables lie in no write-ahead log: a database that died, or a promoted standby, has them empty. */
    public static final class Incomplete extends RuntimeException {
        private static final long serialVersionUID = 1;

        Incomplete(long staged, long found) {
            super("of %d files staged %d are left: the database started anew meanwhile".formatted(staged, found));
        }
    }

    /**
     * Who lists: each transaction asks for the lease once more, so that of two nodes only one stages and compares.
     *
     * @param leases of this node
     */
    public record Lister(StorageName storage, Leases leases, Leases.Lease lease) {}

    public Listings(Database database, Words words) {
        this.database = database;
        this.words = words;
    }

    /** Bytes that no row names. */
    public record Dark(StoragePath path, ByteSize size, Instant seenAt) {}

    /** Forgets what an earlier listing of the element left behind. */
    public void begin(Lister lister) {
        int number = number(lister.storage);
        database.writePatiently(connection -> {
            lister.leases.require(connection, lister.lease);
            int gone = 0;
            for (String table : List.of("listed", "unlisted")) {
                try (PreparedStatement delete =
                        connection.prepareStatement("delete from " + table + " where storage_id = ?")) {
                    delete.setInt(1, number);
                    gone += delete.executeUpdate();
                }
            }
            return gone;
        });
    }

    /** Takes the next files of the listing; answers how many. */
    public int add(Lister lister, List<Listed> listed) {
        int number = number(lister.storage);
        return database.write(connection -> {
            lister.leases.require(connection, lister.lease);
            try (PreparedStatement insert = connection.prepareStatement("insert into listed(storage_id, path, bytes)"
                    + " select ?, * from unnest(?::text[], ?::bigint[]) on conflict do nothing")) {
                insert.setInt(1, number);
                insert.setArray(
                        2, Columns.texts(connection, listed, l -> l.path().path()));
                insert.setArray(
                        3, Columns.longs(connection, listed, l -> l.size().bytes()));
                return insert.executeUpdate();
            }
        });
    }

    /**
     * Notes copies written before a moment whose bytes were not among the files staged, or not in their number; answers how many
     * there are.
     */
    public int findUnlisted(Lister lister, long staged, Instant writtenBefore) {
        return database.writePatiently(connection -> {
            requireStaged(connection, lister, staged);
            // Without figures of the fresh rows the planner would look through all copies for each of them.
            try (Statement analyze = connection.createStatement()) {
                analyze.execute("analyze listed");
            }
            try (PreparedStatement insert = connection.prepareStatement(UNLISTED)) {
                insert.setInt(1, number(lister.storage));
                insert.setLong(2, Micros.of(writtenBefore));
                return insert.executeUpdate();
            }
        });
    }

    /** How many copies written before a moment should stand at an element. */
    public long expected(StorageName storage, Instant writtenBefore) {
        return database.read(connection -> {
            try (PreparedStatement count = connection.prepareStatement("select count(*)" + EXPECTED)) {
                count.setInt(1, number(storage));
                count.setLong(2, Micros.of(writtenBefore));
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    private void requireStaged(Connection connection, Lister lister, long staged) throws SQLException {
        lister.leases.require(connection, lister.lease);
        try (PreparedStatement count =
                connection.prepareStatement("select count(*) from listed where storage_id = ?")) {
            count.setInt(1, number(lister.storage));
            try (ResultSet row = count.executeQuery()) {
                row.next();
                if (row.getLong(1) != staged) {
                    throw new Incomplete(staged, row.getLong(1));
                }
            }
        }
    }

    /** The next unlisted copies, which are then noted no more. */
    public List<NameKey> takeUnlisted(StorageName storage, int most) {
        String sql = "delete from unlisted where (storage_id, home, leaf) in (select storage_id, home, leaf"
                + " from unlisted where storage_id = ? order by home, leaf limit ?) returning home, leaf";
        return database.write(connection -> {
            try (PreparedStatement take = connection.prepareStatement(sql)) {
                take.setInt(1, number(storage));
                take.setInt(2, most);
                List<NameKey> keys = new ArrayList<>();
                try (ResultSet row = take.executeQuery()) {
                    while (row.next()) {
                        keys.add(new NameKey(row.getLong(1), row.getLong(2)));
                    }
                }
                return keys;
            }
        });
    }

    /** Brings the element's dark files up to this listing of so many files. */
    public void findDark(Lister lister, long staged, Instant now) {
        int number = number(lister.storage);
        database.writePatiently(connection -> {
            requireStaged(connection, lister, staged);
            try (PreparedStatement upsert = connection.prepareStatement(DARK)) {
                upsert.setInt(1, number);
                upsert.setInt(2, number);
                upsert.setLong(3, Micros.of(now));
                upsert.setLong(4, Micros.of(now));
                upsert.setInt(5, number);
                upsert.executeUpdate();
            }
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from dark where storage_id = ? and listed_at < ?")) {
                delete.setInt(1, number);
                delete.setLong(2, Micros.of(now));
                return delete.executeUpdate();
            }
        });
    }

    /** Dark files of an element after a path, in the order of their paths. */
    public List<Dark> dark(StorageName storage, String after, int most) {
        String sql = "select path, bytes, seen_at from dark where storage_id = ? and path > ? order by path limit ?";
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setInt(1, number(storage));
                select.setString(2, after);
                select.setInt(3, most);
                List<Dark> dark = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        dark.add(new Dark(
                                new StoragePath(row.getString(1)),
                                new ByteSize(row.getLong(2)),
                                Micros.instant(row.getLong(3))));
                    }
                }
                return dark;
            }
        });
    }

    /** Forgets dark paths that a row names now. */
    public void noMoreDark(StorageName storage, List<StoragePath> paths) {
        database.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from dark where storage_id = ? and path = any(?::text[])")) {
                delete.setInt(1, number(storage));
                delete.setArray(2, Columns.texts(connection, paths, StoragePath::path));
                return delete.executeUpdate();
            }
        });
    }

    private int number(StorageName storage) {
        return words.number(Words.Kind.STORAGE, storage.name());
    }
}
