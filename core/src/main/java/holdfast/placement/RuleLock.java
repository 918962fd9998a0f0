package holdfast.placement;

import holdfast.journal.Line;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.util.UUID;

/**
 * A rule holds a dataset, or one file, at an element. The locks of a dataset's files follow: a file that is in it is
 * locked there, and one that is attached later is locked from then on.
 *
 * @param holds whether a whole dataset or one file
 */
public record RuleLock(UUID rule, DataId of, Holds holds, StorageName at) {
    public enum Holds {
        DATASET,
        FILE
    }

    Line.Writer write(Line.Writer line) {
        return line.put(rule).put(of.scope()).put(of.name()).put(holds).put(at);
    }

    /** The lock as a line of state. */
    public String line(String word) {
        return write(new Line.Writer().put(word)).line().text();
    }

    static RuleLock read(Line.Reader line) {
        UUID rule = UUID.fromString(line.text());
        DataId of = new DataId(new Scope(line.text()), line.text());
        return new RuleLock(rule, of, Holds.valueOf(line.text()), new StorageName(line.text()));
    }
}
