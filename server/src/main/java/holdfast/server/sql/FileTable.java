package holdfast.server.sql;

import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.Belonging;
import holdfast.journal.Micros;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The table of files: reading, and writing what facts state. */
final class FileTable {
    static final String COLUMNS =
            "home, leaf, bytes, mention, scope_id, class_id, level, source_id, source_state, origin,"
                    + " placed, lost, adler32, md5, sha256, name, attributes";

    private static final String FROM_ARRAYS = "select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],"
            + " ?::int[], ?::int[], ?::int[], ?::int[], ?::\"char\"[], ?::\"char\"[], ?::bool[], ?::bool[], ?::bytea[],"
            + " ?::bytea[], ?::bytea[], ?::text[], ?::text[])";

    private final Words words;

    FileTable(Words words) {
        this.words = words;
    }

    /** Inserts new files and answers how many of the names were free; the caller refuses when it was not all. */
    int insert(Connection connection, List<FileRow> files) throws SQLException {
        return write(connection, files, "insert into file(" + COLUMNS + ") " + FROM_ARRAYS + " on conflict do nothing");
    }

    /** Gives existing files the values stated and answers how many there were. */
    int update(Connection connection, List<FileRow> files) throws SQLException {
        if (files.isEmpty()) {
            return 0;
        }
        return write(
                connection,
                files,
                "update file set class_id = n.class_id, level = n.level, source_id = n.source_id,"
                        + " source_state = n.source_state, placed = n.placed, lost = n.lost, attributes = n.attributes,"
                        + " mention = n.mention from (" + FROM_ARRAYS + ") n(" + COLUMNS + ")"
                        + " where file.home = n.home and file.leaf = n.leaf and file.name = n.name"
                        + " and file.scope_id = n.scope_id");
    }

    /** Locks the rows of some files in the order of their keys: whoever changes copies of a file holds its row. */
    List<FileRow> lock(Connection connection, List<NameKey> keys) throws SQLException {
        return byKey(connection, keys, " for no key update");
    }

    List<FileRow> of(Connection connection, List<NameKey> keys) throws SQLException {
        return byKey(connection, keys, "");
    }

    private List<FileRow> byKey(Connection connection, List<NameKey> keys, String locking) throws SQLException {
        List<NameKey> sorted = keys.stream().sorted().toList();
        String sql = "select " + COLUMNS + " from file where (home, leaf) in"
                + " (select * from unnest(?::bigint[], ?::bigint[])) order by home, leaf" + locking;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, Columns.longs(connection, sorted, NameKey::home));
            select.setArray(2, Columns.longs(connection, sorted, NameKey::leaf));
            return rows(select);
        }
    }

    List<FileRow> inRange(Connection connection, long home, long firstLeaf, long lastLeaf) throws SQLException {
        String sql = "select " + COLUMNS + " from file where home = ? and leaf between ? and ? order by leaf";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, home);
            select.setLong(2, firstLeaf);
            select.setLong(3, lastLeaf);
            return rows(select);
        }
    }

    private List<FileRow> rows(PreparedStatement select) throws SQLException {
        List<FileRow> files = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                files.add(row(row));
            }
        }
        return files;
    }

    FileRow row(ResultSet row) throws SQLException {
        return row(row, 0);
    }

    /** Reads a row whose columns stand behind this many others. */
    FileRow row(ResultSet row, int behind) throws SQLException {
        Optional<ClassId> classId =
                Columns.maybeInt(row, behind + 6).map(words::text).map(ClassId::new);
        Optional<LevelId> level = Columns.maybeInt(row, behind + 7).map(LevelId::new);
        return new FileRow(
                new DataId(new Scope(words.text(row.getInt(behind + 5))), row.getString(behind + 16)),
                new ByteSize(row.getLong(behind + 3)),
                digests(row, behind + 13),
                Codes.origin(row.getString(behind + 10)),
                classId.flatMap(c -> level.map(l -> new Belonging(c, l))),
                FileRow.decode(row.getString(behind + 17)),
                Micros.instant(row.getLong(behind + 4)),
                new FileRow.Source(words.text(row.getInt(behind + 8)), Codes.sourceState(row.getString(behind + 9))),
                row.getBoolean(behind + 11),
                row.getBoolean(behind + 12));
    }

    /** The digests of a row, whose columns stand together in the order of their algorithms. */
    static Digests digests(ResultSet row, int first) throws SQLException {
        Digests digests = Digests.NONE;
        for (Algorithm algorithm : Algorithm.values()) {
            byte[] value = row.getBytes(first + algorithm.ordinal());
            if (value != null) {
                digests = digests.with(Digest.of(algorithm, value));
            }
        }
        return digests;
    }

    private int write(Connection connection, List<FileRow> unsorted, String sql) throws SQLException {
        List<Keyed> files = unsorted.stream()
                .map(f -> new Keyed(f.id().key(), f))
                .sorted(Comparator.comparing(Keyed::key))
                .toList();
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setArray(1, Columns.longs(connection, files, f -> f.key.home()));
            insert.setArray(2, Columns.longs(connection, files, f -> f.key.leaf()));
            insert.setArray(
                    3, Columns.longs(connection, files, f -> f.row.size().bytes()));
            insert.setArray(4, Columns.longs(connection, files, f -> Micros.of(f.row.mention())));
            insert.setArray(
                    5,
                    Columns.ints(
                            connection,
                            files,
                            f -> number(Words.Kind.SCOPE, f.row.id().scope())));
            insert.setArray(
                    6,
                    Columns.maybeInts(
                            connection, files, f -> f.row.belongs().map(b -> number(Words.Kind.CLASS, b.classId()))));
            insert.setArray(
                    7,
                    Columns.maybeInts(
                            connection,
                            files,
                            f -> f.row.belongs().map(b -> b.level().number())));
            insert.setArray(
                    8,
                    Columns.ints(
                            connection,
                            files,
                            f -> number(Words.Kind.SOURCE, f.row.source().name())));
            insert.setArray(
                    9,
                    Columns.texts(
                            connection, files, f -> Codes.of(f.row.source().state())));
            insert.setArray(10, Columns.texts(connection, files, f -> Codes.of(f.row.digestOrigin())));
            insert.setArray(11, Columns.flags(connection, files, f -> f.row.placed()));
            insert.setArray(12, Columns.flags(connection, files, f -> f.row.lost()));
            for (Algorithm algorithm : Algorithm.values()) {
                insert.setArray(
                        13 + algorithm.ordinal(),
                        Columns.bytes(
                                connection,
                                files,
                                f -> f.row.digests().by(algorithm).map(Digest::value)));
            }
            insert.setArray(16, Columns.texts(connection, files, f -> f.row.id().name()));
            insert.setArray(17, Columns.texts(connection, files, f -> FileRow.encode(f.row.attributes())));
            return insert.executeUpdate();
        }
    }

    private int number(Words.Kind kind, Object word) {
        return words.number(kind, word.toString());
    }

    private record Keyed(NameKey key, FileRow row) {}
}
