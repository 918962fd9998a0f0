package holdfast.server.catalog;

import holdfast.plan.Attributes;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import java.util.Optional;

/**
 * What a client says of one copy.
 *
 * @param stated the digests it states; none where it states none
 * @param pfn the whole address of the copy; empty where it follows from the name
 * @param meta what it says of the file beyond that
 */
public record ReplicaClaim(
        DataId id, ByteSize size, Digests stated, Optional<String> pfn, Attributes meta, ReplicaState state) {

    /** Whether both say the same of the file's bytes, as far as both say anything. */
    boolean agreesWith(ReplicaClaim other) {
        return size.equals(other.size) && stated.differing(other.stated).isEmpty();
    }
}
