package holdfast.server.drivers.s3;

import holdfast.vocabulary.StoragePath;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an element in an object store is reached.
 *
 * @param partBytes what is larger goes up in parts of this size
 * @param lockDays for how long each new object is locked against everybody; empty: no lock
 * @param answersWithin how long any answer may take, and any pause in which an endpoint takes no bytes
 * @param kept a folder for the part that is on its way, one for each upload
 */
record S3Settings(
        Endpoint endpoint,
        Place place,
        Keys keys,
        long partBytes,
        OptionalInt lockDays,
        Duration answersWithin,
        Path kept) {

    /** What the protocol allows as the smallest part but the last, in bytes. */
    static final long SMALLEST_PART = 5L << 20;

    static final long LARGEST_PART = 5L << 30;
    static final long PART = 64_000_000;
    static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    /**
     * A server and how to speak with it.
     *
     * @param pathStyle whether the bucket stands in the path and not before the host's name
     * @param modernChecksums whether it knows the checksums that came to the protocol in 2022 (trailers with CRC-32)
     */
    record Endpoint(URI url, String region, boolean pathStyle, boolean modernChecksums) {}

    /**
     * Where an access key and its secret stand.
     *
     * @param stranger those of a non-member, who must be refused
     */
    record Keys(Path own, Optional<Path> stranger) {}

    /**
     * A bucket, or what in it begins with a prefix.
     *
     * @param prefix empty, or ending in a slash
     */
    record Place(String bucket, String prefix) {
        /** The longest key that the protocol allows, in bytes of UTF-8. */
        private static final int LONGEST_KEY = 1_024;

        String key(StoragePath path) {
            return prefix + path.path();
        }

        String key(String hidden) {
            return prefix + hidden;
        }

        boolean isTooLong(StoragePath path) {
            return key(path).getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY;
        }

        /** A key as people read it. */
        String words(String key) {
            return "s3://%s/%s".formatted(bucket, key);
        }
    }
}
