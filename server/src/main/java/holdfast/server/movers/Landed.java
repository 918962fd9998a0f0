package holdfast.server.movers;

import holdfast.storage.Locator;
import holdfast.storage.ThirdPartyCopy.Fault;
import holdfast.storage.ThirdPartyCopy.Origin;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.util.Optional;

/** What became of a cargo. */
public sealed interface Landed {
    /**
     * The bytes are durable at the path and were right on the way.
     *
     * @param from which of several sources gave them; empty: the best one, as far as anybody knows
     */
    record Done(StoragePath path, int writing, Optional<Locator> locator, Digests measured, Optional<Origin> from)
            implements Landed {
        Done(StoragePath path, int writing, Optional<Locator> locator, Digests measured) {
            this(path, writing, locator, measured, Optional.empty());
        }

        Done by(Optional<Origin> source) {
            return new Done(path, writing, locator, measured, source);
        }
    }

    /**
     * The source gave other bytes than expected, or could not be read; nothing was written.
     *
     * @param from which of several sources it is; empty: the best one
     */
    record SourceBad(String why, boolean otherBytes, Optional<Origin> from) implements Landed {
        SourceBad(String why, boolean otherBytes) {
            this(why, otherBytes, Optional.empty());
        }
    }

    /** The element took nothing. */
    record TargetRefused(String why) implements Landed {}

    /** The servers could not copy; nothing stands at the path now. */
    record Failed(Fault fault, String why) implements Landed {}

    /** Bytes may stand there or not: look again later. */
    record Unknown(String why) implements Landed {}
}
