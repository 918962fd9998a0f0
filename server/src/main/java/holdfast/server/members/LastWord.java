package holdfast.server.members;

import java.time.Instant;
import java.util.Optional;

/**
 * What the source said last.
 *
 * @param said of which moment it is
 * @param taken when it came in
 * @param digest of the export, as {@code sha256:...}
 * @param members how many stood then, with those whose days are to come or over
 * @param by who or what brought it
 * @param accepted how many leavers somebody said there would be
 */
public record LastWord(
        Instant said, Instant taken, String digest, Moved moved, int members, String by, Optional<Long> accepted) {

    /** How many came, changed and went by it. */
    public record Moved(int joined, int changed, int left) {}
}
