package holdfast.server.drivers.s3;

import holdfast.server.drivers.Causes;
import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Sends a file in one request. A small one is read whole first, so that its MD5 goes with it and the request can be
 * tried again; a larger one streams through, once.
 */
final class SingleUpload {
    /** What is kept in memory, in bytes. */
    static final int SMALL = 256 * 1024;

    private final Bucket bucket;
    private final boolean onlyIfAbsent;

    SingleUpload(Bucket bucket, boolean onlyIfAbsent) {
        this.bucket = bucket;
        this.onlyIfAbsent = onlyIfAbsent;
    }

    Sent send(Cargo cargo) {
        return cargo.size() <= SMALL ? small(cargo) : streamed(cargo);
    }

    private Sent small(Cargo cargo) {
        byte[] bytes;
        try {
            bytes = cargo.bytes().readNBytes((int) cargo.size() + 1);
        } catch (IOException e) {
            return new Sent.Refused(Causes.of(e));
        }
        if (bytes.length != cargo.size()) {
            return new Sent.Refused("the stream is %s than the %d bytes announced"
                    .formatted(bytes.length < cargo.size() ? "shorter" : "longer", cargo.size()));
        }
        Sums sums = new Sums();
        sums.update(bytes, 0, bytes.length);
        Sums.Known known = sums.known();
        PutObjectRequest.Builder request = request(cargo);
        if (!bucket.hasChecksums()) {
            request.contentMD5(known.md5Base64());
        }
        return send(request.build(), RequestBody.fromBytes(bytes), known);
    }

    private Sent streamed(Cargo cargo) {
        Portion portion = new Portion(cargo.bytes(), cargo.size(), true);
        PutObjectRequest request = request(cargo).build();
        try {
            PutObjectResponse answer = bucket.streams().putObject(request, portion.body());
            return new Sent.Taken(portion.known(), java.util.Optional.ofNullable(answer.versionId()));
        } catch (SdkException e) {
            if (portion.fault().isPresent()) {
                return new Sent.Refused(Causes.of(portion.fault().get()));
            }
            return portion.isWhole() ? failed(e, portion.known()) : new Sent.Refused(Failures.words(e));
        }
    }

    private Sent send(PutObjectRequest request, RequestBody body, Sums.Known sums) {
        try {
            PutObjectResponse answer = bucket.client().putObject(request, body);
            return new Sent.Taken(sums, java.util.Optional.ofNullable(answer.versionId()));
        } catch (SdkException e) {
            return failed(e, sums);
        }
    }

    private static Sent failed(SdkException e, Sums.Known sums) {
        if (Failures.isOccupied(e)) {
            return new Sent.Stood(sums);
        }
        return Failures.isRefusal(e) ? new Sent.Refused(Failures.words(e)) : new Sent.Unclear(sums, Failures.words(e));
    }

    private PutObjectRequest.Builder request(Cargo cargo) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(cargo.key())
                .contentLength(cargo.size())
                .metadata(cargo.metadata());
        if (onlyIfAbsent) {
            request.ifNoneMatch("*");
        }
        cargo.lockedUntil()
                .ifPresent(until ->
                        request.objectLockMode(ObjectLockMode.COMPLIANCE).objectLockRetainUntilDate(until));
        return request;
    }
}
