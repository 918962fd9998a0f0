package holdfast.evidence;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.ingest.Register;
import holdfast.vocabulary.DataId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that the ledger keeps of one file. A ledger holds millions of these, hence short lists and nulls. */
final class Subject {
    final DataId id;

    private @Nullable FileRow file;
    private @Nullable Expectation expected;
    private List<CopyRow> copies = List.of();

    /** What a run of the register says of the file. */
    record Expectation(Register.RunKey run, Register.Expected file) {}

    Subject(DataId id) {
        this.id = id;
    }

    Optional<FileRow> file() {
        return Optional.ofNullable(file);
    }

    Optional<Expectation> expected() {
        return Optional.ofNullable(expected);
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

    void expect(Expectation next) {
        expected = next;
    }

    void expectNoMore() {
        expected = null;
    }

    /** Whether nothing is known of the file any more. */
    boolean isEmpty() {
        return file == null && copies.isEmpty() && expected == null;
    }
}
