package holdfast.server.drivers.s3;

import java.time.Instant;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** What earlier starts left unfinished: uploads in parts, which nobody sees and which are paid for, and probes. */
final class Leftovers {
    private final Bucket bucket;
    private final Shelf shelf;

    Leftovers(Bucket bucket, Shelf shelf) {
        this.bucket = bucket;
        this.shelf = shelf;
    }

    /** Clears what was begun before some moment; all of the element's keys are this house's. */
    void clear(Instant leftBefore) {
        ListMultipartUploadsRequest request = ListMultipartUploadsRequest.builder()
                .bucket(bucket.name())
                .prefix(bucket.place().prefix())
                .encodingType(software.amazon.awssdk.services.s3.model.EncodingType.URL)
                .build();
        bucket.client().listMultipartUploadsPaginator(request).uploads().stream()
                .filter(upload -> upload.key().startsWith(bucket.place().prefix()))
                .filter(upload -> upload.initiated().isBefore(leftBefore))
                .forEach(this::abort);
        String probes = bucket.place().key(Honours.PROBE);
        bucket.client().listObjectsV2Paginator(l -> l.bucket(bucket.name()).prefix(probes)).contents().stream()
                .filter(probe -> probe.lastModified().isBefore(leftBefore))
                .forEach(probe -> shelf.remove(probe.key()));
    }

    private void abort(MultipartUpload upload) {
        bucket.client()
                .abortMultipartUpload(
                        a -> a.bucket(bucket.name()).key(upload.key()).uploadId(upload.uploadId()));
    }
}
