package holdfast.server.drivers.s3;

import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes on their way to a key.
 *
 * @param writing marks the object as made by this write, so that a lost answer can be found out
 * @param lockedUntil until when the new object shall be locked
 */
record Cargo(String key, long size, InputStream bytes, String writing, Optional<Instant> lockedUntil) {
    Map<String, String> metadata() {
        return Map.of(Bucket.WRITING, writing);
    }
}
