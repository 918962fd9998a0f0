package holdfast.durability;

import holdfast.storage.StorageElement;
import holdfast.vocabulary.ByteSize;
import java.util.List;

/**
 * Files of one class whose copies stand at the same elements.
 *
 * @param counted elements with a copy that was proved since it was written and that can be believed
 * @param doubtful elements with a copy that may be there: not read back, suspect, or out of reach
 */
public record Cohort(long files, ByteSize bytes, List<StorageElement> counted, List<StorageElement> doubtful) {
    public Cohort {
        counted = List.copyOf(counted);
        doubtful = List.copyOf(doubtful);
    }
}
