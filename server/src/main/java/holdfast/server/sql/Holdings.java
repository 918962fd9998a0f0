package holdfast.server.sql;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.judgement.Holding;
import holdfast.judgement.Holding.ExpectedFile;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads holdings: a file, what the register says of it, and its copies. */
public final class Holdings {
    private final FileTable files;
    private final CopyTable copies;
    private final RegisterTables register;
    private final PublishedTable published = new PublishedTable();

    public Holdings(Words words) {
        this.files = new FileTable(words);
        this.copies = new CopyTable(words);
        this.register = new RegisterTables(words);
    }

    /** A slice of a directory: four range reads, merged here. */
    List<Holding> inRange(Connection connection, long home, long firstLeaf, long lastLeaf) throws SQLException {
        List<FileRow> found = files.inRange(connection, home, firstLeaf, lastLeaf);
        Map<NameKey, List<CopyTable.Found>> theirs = copies.inRange(connection, home, firstLeaf, lastLeaf);
        Map<NameKey, ExpectedFile> expected = register.inRange(connection, home, firstLeaf, lastLeaf);
        Map<NameKey, UUID> acts = published.inRange(connection, home, firstLeaf, lastLeaf);
        List<Holding> holdings = new ArrayList<>(found.size());
        for (FileRow file : found) {
            NameKey key = file.id().key();
            Holding holding =
                    holding(file, theirs.getOrDefault(key, List.of()), Optional.ofNullable(expected.remove(key)));
            holdings.add(holding.releasedBy(Optional.ofNullable(acts.get(key))));
        }
        expected.values()
                .forEach(e -> holdings.add(new Holding(e.file().id(), Optional.empty(), Optional.of(e), List.of())));
        return holdings;
    }

    /** When the runs of some files were closed, as far as the register says. */
    public Map<NameKey, Instant> closedRuns(Connection connection, List<NameKey> keys) throws SQLException {
        return register.closed(connection, keys);
    }

    /** All of one home. */
    public List<Holding> home(Connection connection, long home) throws SQLException {
        return inRange(connection, home, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Locks some files, so that nothing of theirs changes until the transaction ends, and reads them as they are then. */
    public Map<DataId, Holding> lock(Connection connection, List<NameKey> keys) throws SQLException {
        List<FileRow> locked = files.lock(connection, keys);
        Map<NameKey, List<CopyTable.Found>> theirs = copies.of(connection, keys);
        Map<DataId, Holding> holdings = new HashMap<>();
        for (FileRow file : locked) {
            List<CopyTable.Found> its = theirs.getOrDefault(file.id().key(), List.of());
            holdings.put(file.id(), holding(file, its, Optional.empty()));
        }
        return holdings;
    }

    /** Some files by their keys, without a lock. */
    public List<Holding> of(Connection connection, List<NameKey> keys) throws SQLException {
        Map<NameKey, List<CopyTable.Found>> theirs = copies.of(connection, keys);
        return files.of(connection, keys).stream()
                .map(f -> holding(f, theirs.getOrDefault(f.id().key(), List.of()), Optional.empty()))
                .toList();
    }

    /** One file by its name, without a lock; empty when neither catalogue nor register knows it. */
    public Optional<Holding> find(Connection connection, DataId id) throws SQLException {
        NameKey key = id.key();
        return inRange(connection, key.home(), key.leaf(), key.leaf()).stream()
                .filter(h -> h.id().equals(id))
                .findFirst();
    }

    private static Holding holding(FileRow file, List<CopyTable.Found> found, Optional<ExpectedFile> expected) {
        List<CopyRow> rows = found.stream().map(c -> c.of(file.id())).toList();
        return new Holding(file.id(), Optional.of(file), expected, rows);
    }
}
