package holdfast.journal;

import java.util.List;

/**
 * Something that happened. A fact states its effects: every value that the rows of current state take because of it, so
 * that folding the journal gives the rows. Each room seals its own facts and reads them back from their lines.
 *
 * <p>Kinds and versions are promises for ever (decision 0003): an old version folds for ever, and a node that meets an
 * unknown kind stops.
 */
public interface Fact {
    /** The kind as the journal spells it: {@code room.what-happened}. */
    String kind();

    /** The version of the kind's lines, from 1 up. */
    default int version() {
        return 1;
    }

    /** One line for each subject, in an order that the fact itself keeps. */
    List<Line> lines();
}
