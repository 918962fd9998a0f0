package holdfast.durability;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is recorded of the house as a whole that levels ask about.
 *
 * @param segmentClosed when the last segment of the journal was closed, to be offered to archive elements
 * @param blindElements elements with copies whose last scrub missed its canaries, or that had none yet; by name
 */
public record Keeping(Optional<Instant> segmentClosed, List<String> blindElements) {
    public Keeping {
        blindElements = List.copyOf(blindElements);
    }
}
