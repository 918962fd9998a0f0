package holdfast.server.drivers.s3;

import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;

/** What a bucket is: whether it is there, keeps versions, and can lock objects. */
final class Fitness {
    private final Bucket bucket;

    Fitness(Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * How files stand in it.
     *
     * @throws IOException when it cannot be used so; the message says why and what to do
     */
    Shelf shelf(boolean isToLock) throws IOException {
        requireBucket();
        BucketVersioningStatus versioning = versioning();
        if (versioning == BucketVersioningStatus.SUSPENDED) {
            throw new IOException(("the bucket %s kept versions and does so no more, so that a write could replace what"
                            + " stands: enable its versioning, or give the element another bucket")
                    .formatted(bucket.name()));
        }
        boolean hasVersions = versioning == BucketVersioningStatus.ENABLED;
        if (isToLock) {
            requireLock(hasVersions);
        }
        return hasVersions ? new VersionShelf(bucket) : new PlainShelf(bucket);
    }

    private void requireBucket() throws IOException {
        try {
            bucket.client().headBucket(h -> h.bucket(bucket.name()));
        } catch (SdkException e) {
            if (Failures.isAbsence(e)) {
                throw new IOException(
                        "there is no bucket %s: make it, with the key of the secret file as its owner"
                                .formatted(bucket.name()),
                        e);
            }
            throw e;
        }
    }

    private BucketVersioningStatus versioning() {
        try {
            BucketVersioningStatus status = bucket.client()
                    .getBucketVersioning(v -> v.bucket(bucket.name()))
                    .status();
            return status == null ? BucketVersioningStatus.UNKNOWN_TO_SDK_VERSION : status;
        } catch (SdkException e) {
            if (Failures.isUnsupported(e)) {
                return BucketVersioningStatus.UNKNOWN_TO_SDK_VERSION;
            }
            throw e;
        }
    }

    private void requireLock(boolean hasVersions) throws IOException {
        boolean isEnabled;
        try {
            isEnabled = bucket.client()
                            .getObjectLockConfiguration(o -> o.bucket(bucket.name()))
                            .objectLockConfiguration()
                            .objectLockEnabled()
                    == ObjectLockEnabled.ENABLED;
        } catch (SdkException e) {
            if (!Failures.isAbsence(e) && !Failures.isUnsupported(e)) {
                throw e;
            }
            isEnabled = false;
        }
        if (!isEnabled || !hasVersions) {
            throw new IOException(("the element is to lock its objects (lock-days), and the bucket %s has %s:"
                            + " make a bucket with object lock, which cannot be added to every one later")
                    .formatted(bucket.name(), isEnabled ? "no versioning" : "no object lock"));
        }
    }
}
