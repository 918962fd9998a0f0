package holdfast.server.adoption;

import holdfast.plan.Attributes;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.List;

/**
 * A file of the other server in this house's words, with the copies that can be taken over.
 *
 * @param since when the other server first had it
 */
record AdoptedFile(
        DataId id,
        NameKey key,
        ByteSize size,
        Digests digests,
        Attributes attributes,
        String account,
        Instant since,
        List<AdoptedCopy> copies) {

    /**
     * A copy that the other server claims.
     *
     * @param mark what it says beside that; see {@link FileReading#NO_MARK}
     */
    record AdoptedCopy(StorageName at, StoragePath path, char mark, Instant since) {}
}
