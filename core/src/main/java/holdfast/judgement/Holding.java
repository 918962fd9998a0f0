package holdfast.judgement;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.ingest.Register;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All that is recorded of one file: the subject of a clause. A file that only the register names has no row.
 *
 * @param expected what the register says of it, with its run; empty when the register does not name it
 * @param releasedBy the act by which it came in; empty where it came in otherwise
 */
public record Holding(
        DataId id,
        Optional<FileRow> file,
        Optional<ExpectedFile> expected,
        List<CopyRow> copies,
        Optional<UUID> releasedBy) {
    public Holding {
        copies = List.copyOf(copies);
    }

    /** One that no act made. */
    public Holding(DataId id, Optional<FileRow> file, Optional<ExpectedFile> expected, List<CopyRow> copies) {
        this(id, file, expected, copies, Optional.empty());
    }

    /** The same file, made by that act. */
    public Holding releasedBy(Optional<UUID> act) {
        return new Holding(id, file, expected, copies, act);
    }

    /** The same file with other copies. */
    public Holding with(List<CopyRow> others) {
        return new Holding(id, file, expected, others, releasedBy);
    }

    /** A file of which nothing is known. */
    public static Holding unknown(DataId id) {
        return new Holding(id, Optional.empty(), Optional.empty(), List.of());
    }

    /** A file of the register, with what matters of its run. */
    public record ExpectedFile(Register.Expected file, Register.RunKey run, String runType, Optional<Instant> closed) {}
}
