package holdfast.server.drivers.s3;

import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Whether an endpoint refuses to write where something stands, when it is told to ({@code If-None-Match: *}, RFC 9110
 * section 13.1.2): not every one does, and many only for one of the two ways to write. It is found out by trying.
 *
 * @param put for objects written in one request
 * @param complete for those in parts
 */
record Honours(boolean put, boolean complete) {
    static final String PROBE = ".holdfast-probe-";
    private static final byte[] CONTENT = {'?'};

    /** Tries both on a hidden key of its own, and removes it. */
    static Honours tried(Bucket bucket, Shelf shelf) {
        String key = bucket.place().key(PROBE + UUID.randomUUID());
        S3Client client = bucket.client();
        client.putObject(p -> p.bucket(bucket.name()).key(key), RequestBody.fromBytes(CONTENT));
        try {
            return new Honours(
                    isRefused(() -> client.putObject(
                            p -> p.bucket(bucket.name()).key(key).ifNoneMatch("*"), RequestBody.fromBytes(CONTENT))),
                    isRefusedInParts(bucket, key));
        } finally {
            shelf.remove(key);
        }
    }

    private static boolean isRefusedInParts(Bucket bucket, String key) {
        S3Client client = bucket.client();
        String upload = client.createMultipartUpload(
                        c -> c.bucket(bucket.name()).key(key))
                .uploadId();
        String etag = client.uploadPart(
                        u -> u.bucket(bucket.name()).key(key).uploadId(upload).partNumber(1),
                        RequestBody.fromBytes(CONTENT))
                .eTag();
        CompletedPart part = CompletedPart.builder().partNumber(1).eTag(etag).build();
        boolean isRefused = isRefused(() -> client.completeMultipartUpload(c -> c.bucket(bucket.name())
                .key(key)
                .uploadId(upload)
                .ifNoneMatch("*")
                .multipartUpload(m -> m.parts(part))));
        if (isRefused) {
            client.abortMultipartUpload(a -> a.bucket(bucket.name()).key(key).uploadId(upload));
        }
        return isRefused;
    }

    /** An endpoint that does not know the condition and says so will not be asked again. */
    private static boolean isRefused(Runnable write) {
        try {
            write.run();
            return false;
        } catch (SdkException e) {
            if (Failures.isOccupied(e)) {
                return true;
            }
            if (Failures.isUnsupported(e)) {
                return false;
            }
            throw e;
        }
    }
}
