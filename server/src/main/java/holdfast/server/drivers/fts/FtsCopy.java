package holdfast.server.drivers.fts;

import holdfast.storage.ThirdPartyCopy.Pass;
import holdfast.storage.ThirdPartyCopy.Recall;
import holdfast.vocabulary.ByteSize;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One copy that FTS3 is to make.
 *
 * @param sources the best first; never empty
 * @param destination where nothing stands, under a name that nobody else uses
 * @param adler32 what the destination's digest must be, in hexadecimal; without it the two ends are compared
 * @param recall how long FTS3 may take to bring the source online; empty where it is online
 */
public record FtsCopy(
        List<End> sources, End destination, ByteSize size, Optional<String> adler32, Optional<Recall> recall) {
    public FtsCopy {
        sources = List.copyOf(sources);
    }

    /** An address, and what FTS3 shows there. */
    public record End(URI address, Optional<Pass> pass) {}

    /** FTS3 takes such a file only in a job of its own. */
    boolean hasChoice() {
        return sources.size() > 1;
    }

    /** What files of one job have in common. */
    record Kind(boolean withPasses, Optional<Recall> recall) {}

    Kind kind() {
        return new Kind(destination.pass.isPresent(), recall);
    }
}
