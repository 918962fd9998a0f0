package holdfast.evidence;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.ingest.Register;
import holdfast.vocabulary.DataId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that the ledger keeps of one file. A ledger holds millions of these, hence short lists and a null. */
final class Subject {
    final DataId id;

    private @Nullable FileRow file;
    private List<CopyRow> copies = List.of();
    private Map<Register.RunKey, Register.Expected> runs = Map.of();

    Subject(DataId id) {
        this.id = id;
    }

    Optional<FileRow> file() {
        return Optional.ofNullable(file);
    }

    /** In the order of the elements' names. */
    List<CopyRow> copies() {
        return copies;
    }

    void put(FileRow row) {
        file = row;
    }

    void put(CopyRow row) {
        List<CopyRow> next = new ArrayList<>(copies);
        next.removeIf(c -> c.storage().equals(row.storage()));
        next.add(row);
        next.sort(Comparator.comparing(CopyRow::storage));
        copies = List.copyOf(next);
    }

    /** The run that names the file, and how; of several runs the first by name. */
    Optional<Map.Entry<Register.RunKey, Register.Expected>> expected() {
        return runs.entrySet().stream().min(Map.Entry.comparingByKey(RegisterBook.BY_NAME));
    }

    void expectedBy(Register.RunKey run, Register.Expected as) {
        runs = changed(run, as);
    }

    void expectedNoMoreBy(Register.RunKey run) {
        runs = changed(run, null);
    }

    /** Whether nothing is known of the file any more. */
    boolean isEmpty() {
        return file == null && copies.isEmpty() && runs.isEmpty();
    }

    private Map<Register.RunKey, Register.Expected> changed(Register.RunKey run, Register.@Nullable Expected as) {
        Map<Register.RunKey, Register.Expected> next = new TreeMap<>(RegisterBook.BY_NAME);
        next.putAll(runs);
        if (as == null) {
            next.remove(run);
        } else {
            next.put(run, as);
        }
        return Map.copyOf(next);
    }
}
