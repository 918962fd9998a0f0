package holdfast.server.sql;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.journal.Micros;
import holdfast.storage.Locator;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of copies: reading, and writing what facts state. */
final class CopyTable {
    static final String COLUMNS =
            "home, leaf, storage_id, state, proof_kind, proof_medium, writing, written_at, proof_at,"
                    + " since, path, locator, finding";

    private static final String UPSERT = "insert into copy(" + COLUMNS + ") select * from unnest(?::bigint[],"
            + " ?::bigint[], ?::int[], ?::\"char\"[], ?::\"char\"[], ?::bool[], ?::int[], ?::bigint[], ?::bigint[],"
            + " ?::bigint[], ?::text[], ?::text[], ?::text[]) on conflict (home, leaf, storage_id) do update set"
            + " state = excluded.state, proof_kind = excluded.proof_kind, proof_medium = excluded.proof_medium,"
            + " writing = excluded.writing, written_at = excluded.written_at, proof_at = excluded.proof_at,"
            + " since = excluded.since, path = excluded.path, locator = excluded.locator, finding = excluded.finding";

    private final Words words;

    CopyTable(Words words) {
        this.words = words;
    }

    void write(Connection connection, List<CopyRow> unsorted) throws SQLException {
        if (unsorted.isEmpty()) {
            return;
        }
        List<Keyed> copies = unsorted.stream()
                .map(c -> new Keyed(
                        c.id().key(),
                        words.number(Words.Kind.STORAGE, c.storage().name()),
                        c))
                .sorted(Comparator.comparing(Keyed::key).thenComparing(Keyed::storage))
                .toList();
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            upsert.setArray(1, Columns.longs(connection, copies, c -> c.key.home()));
            upsert.setArray(2, Columns.longs(connection, copies, c -> c.key.leaf()));
            upsert.setArray(3, Columns.ints(connection, copies, Keyed::storage));
            upsert.setArray(4, Columns.texts(connection, copies, c -> Codes.of(c.row.state())));
            upsert.setArray(
                    5, Columns.maybeTexts(connection, copies, c -> c.row.proof().map(p -> Codes.of(p.kind()))));
            upsert.setArray(
                    6,
                    Columns.maybeTexts(
                            connection, copies, c -> c.row.proof().map(p -> Boolean.toString(p.fromMedium()))));
            upsert.setArray(7, Columns.ints(connection, copies, c -> c.row.writing()));
            upsert.setArray(8, Columns.longs(connection, copies, c -> Micros.of(c.row.writtenAt())));
            upsert.setArray(
                    9, Columns.maybeLongs(connection, copies, c -> c.row.proof().map(p -> Micros.of(p.at()))));
            upsert.setArray(10, Columns.longs(connection, copies, c -> Micros.of(c.row.since())));
            upsert.setArray(
                    11, Columns.texts(connection, copies, c -> c.row.path().path()));
            upsert.setArray(
                    12,
                    Columns.maybeTexts(connection, copies, c -> c.row.locator().map(Locator::text)));
            upsert.setArray(13, Columns.maybeTexts(connection, copies, c -> c.row.finding()));
            upsert.executeUpdate();
        }
    }

    /** The copies of some files, by file. */
    Map<NameKey, List<Found>> of(Connection connection, List<NameKey> keys) throws SQLException {
        String sql = "select " + COLUMNS + " from copy where (home, leaf) in (select * from unnest(?::bigint[],"
                + " ?::bigint[])) order by home, leaf, storage_id";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, Columns.longs(connection, keys, NameKey::home));
            select.setArray(2, Columns.longs(connection, keys, NameKey::leaf));
            return grouped(select);
        }
    }

    Map<NameKey, List<Found>> inRange(Connection connection, long home, long firstLeaf, long lastLeaf)
            throws SQLException {
        String sql = "select " + COLUMNS
                + " from copy where home = ? and leaf between ? and ? order by home, leaf, storage_id";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, home);
            select.setLong(2, firstLeaf);
            select.setLong(3, lastLeaf);
            return grouped(select);
        }
    }

    /** A row of this table, which holds no name: its file's row does. */
    record Found(NameKey key, Row row) {
        CopyRow of(DataId id) {
            return row.of(id);
        }
    }

    /** Makes the copy's row once its file's name is known. */
    @FunctionalInterface
    interface Row {
        CopyRow of(DataId id);
    }

    private Map<NameKey, List<Found>> grouped(PreparedStatement select) throws SQLException {
        Map<NameKey, List<Found>> copies = new HashMap<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Found found = found(row);
                copies.computeIfAbsent(found.key, k -> new ArrayList<>(2)).add(found);
            }
        }
        return copies;
    }

    Found found(ResultSet row) throws SQLException {
        NameKey key = new NameKey(row.getLong(1), row.getLong(2));
        StorageName storage = new StorageName(words.text(row.getInt(3)));
        var state = Codes.copyState(row.getString(4));
        String kind = row.getString(5);
        boolean fromMedium = row.getBoolean(6);
        int writing = row.getInt(7);
        var written = Micros.instant(row.getLong(8));
        Optional<Proof> proof = Columns.maybeLong(row, 9)
                .map(at -> new Proof(Micros.instant(at), Codes.proofKind(String.valueOf(kind)), fromMedium));
        var since = Micros.instant(row.getLong(10));
        StoragePath path = new StoragePath(row.getString(11));
        Optional<Locator> locator = Optional.ofNullable(row.getString(12)).map(Locator::new);
        Optional<String> finding = Optional.ofNullable(row.getString(13));
        return new Found(
                key, id -> new CopyRow(id, storage, state, path, writing, locator, written, proof, since, finding));
    }

    private record Keyed(NameKey key, int storage, CopyRow row) {}
}
