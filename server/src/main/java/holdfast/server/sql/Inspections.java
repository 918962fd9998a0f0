package holdfast.server.sql;

import holdfast.catalog.FileRow;
import holdfast.journal.Micros;
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

/** Which copies of an element are due for an inspection: never proved, then proved from a buffer only, then by age. */
public final class Inspections {
    private static final String SELECT = "select " + CopyTable.COLUMNS + " from copy where storage_id = ?"
            + " and (home, leaf) not in (select * from unnest(?::bigint[], ?::bigint[]))";

    private final CopyTable copies;
    private final FileTable files;
    private final Words words;

    public Inspections(Words words) {
        this.words = words;
        this.copies = new CopyTable(words);
        this.files = new FileTable(words);
    }

    /**
     * What is asked for.
     *
     * @param most the largest number of copies
     * @param except files that are left out this time
     * @param provedBefore a proof older than this is due again
     * @param bufferBefore a proof older than this is due again where no medium was read; empty where that is no matter
     * @param leaning whether proofs that lean on a sample of their cartridge are due
     */
    public record Ask(
            StorageName storage,
            int most,
            List<NameKey> except,
            Instant provedBefore,
            Optional<Instant> bufferBefore,
            boolean leaning) {
        public Ask {
            except = List.copyOf(except);
        }
    }

    /** The copies that are due, the most urgent first. */
    public List<FileCopy> due(Connection connection, Ask ask) throws SQLException {
        Map<NameKey, CopyTable.Found> found = new java.util.LinkedHashMap<>();
        collect(connection, ask, found, " and state in ('A', 'S', 'K') order by since limit ?", Optional.empty());
        if (ask.bufferBefore().isPresent()) {
            String buffer = " and state = 'P' and not proof_medium and proof_at < ? order by proof_at limit ?";
            collect(connection, ask, found, buffer, ask.bufferBefore());
        }
        if (ask.leaning()) {
            String leaning = " and state = 'P' and proof_kind = 'C' order by proof_at limit ?";
            collect(connection, ask, found, leaning, Optional.empty());
        }
        String calendar = " and state = 'P' and proof_at < ? order by proof_at limit ?";
        collect(connection, ask, found, calendar, Optional.of(ask.provedBefore()));
        return withFiles(connection, new ArrayList<>(found.values()));
    }

    /** Copies at an element, by the keys of their files. */
    public List<FileCopy> of(Connection connection, StorageName storage, List<NameKey> keys) throws SQLException {
        int number = number(storage);
        String sql = "select " + CopyTable.COLUMNS + " from copy where storage_id = ?"
                + " and (home, leaf) in (select * from unnest(?::bigint[], ?::bigint[]))";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, number);
            select.setArray(2, Columns.longs(connection, keys, NameKey::home));
            select.setArray(3, Columns.longs(connection, keys, NameKey::leaf));
            return withFiles(connection, found(select));
        }
    }

    /** The first copy at or after a key, going round at the end, that is expected to be whole; empty where none is. */
    public Optional<FileCopy> from(Connection connection, StorageName storage, NameKey key) throws SQLException {
        Optional<FileCopy> after = next(connection, storage, key);
        return after.isPresent() ? after : next(connection, storage, new NameKey(Long.MIN_VALUE, Long.MIN_VALUE));
    }

    private Optional<FileCopy> next(Connection connection, StorageName storage, NameKey key) throws SQLException {
        String sql = "select " + CopyTable.COLUMNS + " from copy where storage_id = ? and state in ('A', 'P')"
                + " and (home, leaf) >= (?, ?) order by home, leaf limit 1";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, number(storage));
            select.setLong(2, key.home());
            select.setLong(3, key.leaf());
            return withFiles(connection, found(select)).stream().findFirst();
        }
    }

    private void collect(
            Connection connection,
            Ask ask,
            Map<NameKey, CopyTable.Found> found,
            String condition,
            Optional<Instant> before)
            throws SQLException {
        int wanted = ask.most() - found.size();
        if (wanted <= 0) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement(SELECT + condition)) {
            int column = 1;
            select.setInt(column++, number(ask.storage()));
            select.setArray(column++, Columns.longs(connection, ask.except(), NameKey::home));
            select.setArray(column++, Columns.longs(connection, ask.except(), NameKey::leaf));
            if (before.isPresent()) {
                select.setLong(column++, Micros.of(before.get()));
            }
            select.setInt(column, wanted);
            found(select).forEach(copy -> found.putIfAbsent(copy.key(), copy));
        }
    }

    private List<CopyTable.Found> found(PreparedStatement select) throws SQLException {
        List<CopyTable.Found> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(copies.found(row));
            }
        }
        return found;
    }

    private List<FileCopy> withFiles(Connection connection, List<CopyTable.Found> found) throws SQLException {
        Map<NameKey, FileRow> theirs = new HashMap<>();
        if (!found.isEmpty()) {
            for (FileRow file : files.of(
                    connection, found.stream().map(CopyTable.Found::key).toList())) {
                theirs.put(file.id().key(), file);
            }
        }
        List<FileCopy> answer = new ArrayList<>(found.size());
        for (CopyTable.Found copy : found) {
            FileRow file = theirs.get(copy.key());
            if (file != null) {
                DataId id = file.id();
                answer.add(new FileCopy(file, copy.of(id)));
            }
        }
        return answer;
    }

    private int number(StorageName storage) {
        return words.number(Words.Kind.STORAGE, storage.name());
    }

    /** How many proved copies of an element have a proof older than a moment. */
    public long provedBefore(Connection connection, StorageName element, Instant moment) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from copy where storage_id = ? and state = 'P' and proof_at < ?")) {
            select.setInt(1, words.number(Words.Kind.STORAGE, element.name()));
            select.setLong(2, Micros.of(moment));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
