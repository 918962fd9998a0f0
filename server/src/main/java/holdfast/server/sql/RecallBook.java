package holdfast.server.sql;

import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What people asked for from tape, so that a restart forgets none of it. */
public interface RecallBook {
    /** A file on tape that was asked for. */
    record Asked(StorageName element, StoragePath path) {}

    /** Somebody asked for a file, and this node asks the library. */
    void asked(Asked file, Instant now);

    /** These are still asked for by this node. */
    void holds(StorageName element, Collection<StoragePath> paths, Instant now);

    /** These came, or the library said that they do not come. */
    void settled(StorageName element, Collection<StoragePath> paths);

    /** What was asked for and is held by no node any more; from now on by this one. */
    List<Asked> takeOver(Instant now, int most);
}
