package holdfast.server.drivers.s3;

import holdfast.storage.Locator;
import holdfast.vocabulary.ByteSize;
import java.time.Instant;
import java.util.Optional;

/**
 * An object that stands in a bucket.
 *
 * @param version which of its versions; empty in a bucket that keeps none
 */
record Standing(String key, ByteSize size, Optional<String> version) {
    /** Its address: the key, and in a bucket with versions which one. */
    Locator locator() {
        return new Locator(version.map(v -> key + "?versionId=" + v).orElse(key));
    }

    /**
     * An object, looked at closely.
     *
     * @param writing the mark of the write that it came by; empty for what others wrote
     * @param lockedUntil until when nobody may remove it, in a mode that nobody can shorten
     */
    record Detail(Standing standing, Optional<String> writing, Sums.Answered answered, Optional<Instant> lockedUntil) {}
}
