package holdfast.server.drivers.s3;

import holdfast.server.drivers.MarkText;
import holdfast.vocabulary.ByteSize;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * One bucket and who speaks with it. All calls that fail throw {@link SdkException}.
 *
 * @param client for all that can be tried again
 * @param streams for bodies that come only once
 * @param hasChecksums whether the endpoint is asked for the checksums it keeps
 */
record Bucket(S3Client client, S3Client streams, S3Settings.Place place, boolean hasChecksums) {
    /** The entry of an object's own metadata that says which write it came by. */
    static final String WRITING = "holdfast-write";

    String name() {
        return place.bucket();
    }

    /** An object in one of its versions, the newest if none is named; empty when there is none. */
    Optional<Standing.Detail> inspect(String key, Optional<String> version) {
        HeadObjectRequest.Builder request =
                HeadObjectRequest.builder().bucket(name()).key(key);
        version.ifPresent(request::versionId);
        if (hasChecksums) {
            request.checksumMode(ChecksumMode.ENABLED);
        }
        try {
            return Optional.of(detail(key, version, client.headObject(request.build())));
        } catch (SdkException e) {
            if (Failures.isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Standing.Detail detail(String key, Optional<String> version, HeadObjectResponse seen) {
        ServerSideEncryption encryption = seen.serverSideEncryption();
        boolean isPlain = (encryption == null || encryption == ServerSideEncryption.AES256)
                && seen.sseCustomerAlgorithm() == null;
        return new Standing.Detail(
                new Standing(key, new ByteSize(seen.contentLength()), version),
                Optional.ofNullable(seen.metadata().get(WRITING)),
                new Sums.Answered(etag(seen.eTag()), Optional.ofNullable(seen.checksumCRC32()), isPlain),
                seen.objectLockMode() == ObjectLockMode.COMPLIANCE
                        ? Optional.ofNullable(seen.objectLockRetainUntilDate())
                        : Optional.<Instant>empty());
    }

    static String etag(String quoted) {
        return quoted == null ? "" : quoted.replace("\"", "");
    }

    /** Whether a key is the driver's own and no file of the element. */
    boolean isHidden(String key) {
        return key.startsWith(place.prefix() + MarkText.HIDDEN);
    }

    /** A key without the element's prefix. */
    String path(String key) {
        return key.substring(place.prefix().length());
    }
}
