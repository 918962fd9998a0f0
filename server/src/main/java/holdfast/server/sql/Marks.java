package holdfast.server.sql;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.journal.Micros;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What programs say of copies, until it ends; work and no fact: nothing is judged by it. */
public final class Marks {
    private static final String PUT =
            "insert into mark(home, leaf, storage_id, state, at, until, path, account, reason) select home, leaf, ?,"
                    + " ?::\"char\", ?, ?, path, ?, ? from unnest(?::bigint[], ?::bigint[], ?::text[]) m(home, leaf, path)"
                    + " on conflict (home, leaf, storage_id) do update set state = excluded.state, at = excluded.at, until"
                    + " = excluded.until, path = coalesce(excluded.path, mark.path), account = excluded.account, reason ="
                    + " excluded.reason";

    private final Words words;
    private final DueTable due = new DueTable();

    public Marks(Words words) {
        this.words = words;
    }

    /** A file's name, and the path of a copy that is on its way. */
    public record Marked(NameKey key, Optional<String> path) {}

    /**
     * What is said of some copies at one element.
     *
     * @param letter C an upload is under way, U unavailable, T out of reach for a while, D declared bad
     */
    public record Saying(
            StorageName storage,
            char letter,
            Instant at,
            Optional<Instant> until,
            String account,
            Optional<String> why) {}

    public void put(Connection connection, Saying said, List<Marked> unsorted) throws SQLException {
        if (unsorted.isEmpty()) {
            return;
        }
        List<Marked> rows =
                unsorted.stream().sorted(Comparator.comparing(Marked::key)).toList();
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setInt(1, words.number(Words.Kind.STORAGE, said.storage.name()));
            put.setString(2, String.valueOf(said.letter));
            put.setLong(3, Micros.of(said.at));
            Columns.set(put, 4, said.until.map(Micros::of));
            put.setString(5, said.account);
            put.setString(6, said.why.orElse(null));
            put.setArray(7, Columns.longs(connection, rows, m -> m.key.home()));
            put.setArray(8, Columns.longs(connection, rows, m -> m.key.leaf()));
            put.setArray(9, Columns.maybeTexts(connection, rows, Marked::path));
            put.executeUpdate();
        }
        // What is available of a dataset is counted from marks too.
        due.names(connection, rows.stream().map(Marked::key).toList());
    }

    /** Takes all marks of some copies away and answers the paths of those that were on their way. */
    public List<Marked> take(Connection connection, StorageName storage, List<NameKey> keys) throws SQLException {
        String sql = "delete from mark where storage_id = ? and (home, leaf) in"
                + " (select * from unnest(?::bigint[], ?::bigint[])) returning home, leaf, path";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setInt(1, words.number(Words.Kind.STORAGE, storage.name()));
            delete.setArray(2, Columns.longs(connection, keys, NameKey::home));
            delete.setArray(3, Columns.longs(connection, keys, NameKey::leaf));
            List<Marked> gone = new ArrayList<>();
            try (ResultSet row = delete.executeQuery()) {
                while (row.next()) {
                    gone.add(new Marked(
                            new NameKey(row.getLong(1), row.getLong(2)), Optional.ofNullable(row.getString(3))));
                }
            }
            due.names(connection, gone.stream().map(Marked::key).toList());
            return gone;
        }
    }

    /** What was said of copies in doubt is answered once they were read, and a first bad reading is no answer yet. */
    static void answered(Connection connection, List<CopyRow> inspected) throws SQLException {
        List<NameKey> read = inspected.stream()
                .filter(c -> c.state() != CopyState.SUSPECT && c.state() != CopyState.CLAIMED)
                .map(c -> c.id().key())
                .toList();
        List<String> storages =
                inspected.stream().map(c -> c.storage().name()).distinct().toList();
        String sql = "delete from mark where state in ('D', 'S') and storage_id in (select id from word where kind ="
                + " 'E' and text = any(?)) and (home, leaf) in (select * from unnest(?::bigint[], ?::bigint[]))";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setArray(1, Columns.texts(connection, storages, s -> s));
            delete.setArray(2, Columns.longs(connection, read, NameKey::home));
            delete.setArray(3, Columns.longs(connection, read, NameKey::leaf));
            delete.executeUpdate();
        }
    }

    /** Forgets marks whose time is over; their files are due, since what is available follows from marks too. */
    public int forget(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("with gone as (delete from mark where until <= ? returning home, leaf)"
                        + " insert into due(home, leaf) select distinct home, leaf from gone")) {
            delete.setLong(1, Micros.of(now));
            return delete.executeUpdate();
        }
    }
}
