package holdfast.durability.ndsa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is recorded of the house as a whole that levels ask about.
 *
 * @param segmentWritten when journal segments were last written to archive elements
 * @param blindElements elements with copies whose last scrub missed its canaries, or that had none yet; by name
 */
public record Keeping(Optional<Instant> segmentWritten, List<String> blindElements) {
    public Keeping {
        blindElements = List.copyOf(blindElements);
    }
}
