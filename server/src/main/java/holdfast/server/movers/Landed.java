package holdfast.server.movers;

import holdfast.storage.Locator;
import holdfast.storage.ThirdPartyCopy.Fault;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.util.Optional;

/** What became of a cargo. */
public sealed interface Landed {
    /** The bytes are durable at the path and were right on the way. */
    record Done(StoragePath path, int writing, Optional<Locator> locator, Digests measured) implements Landed {}

    /** The source gave other bytes than expected, or could not be read; nothing was written. */
    record SourceBad(String why, boolean otherBytes) implements Landed {}

    /** The element took nothing. */
    record TargetRefused(String why) implements Landed {}

    /** The servers could not copy; nothing stands at the path now. */
    record Failed(Fault fault, String why) implements Landed {}

    /** Bytes may stand there or not: look again later. */
    record Unknown(String why) implements Landed {}
}
