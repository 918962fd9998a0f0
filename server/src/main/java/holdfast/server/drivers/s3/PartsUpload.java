package holdfast.server.drivers.s3;

import holdfast.server.drivers.Causes;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends a file in parts, one after the other, and puts them together at the end; nothing is seen before. A part that failed
 * in passing is sent again, as long as its bytes are kept; those before it are not. What cannot be
 * ended so is aborted at once, or, where not even that goes through, by {@link Leftovers} at a later start.
 */
final class PartsUpload {
    private static final int MOST_PARTS = 10_000;

    /** After a part that failed in passing, before it is sent again. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(8));

    private final Bucket bucket;
    private final boolean onlyIfAbsent;
    private final Cargo cargo;
    private final long partBytes;
    private final Duration forPuttingTogether;
    private final List<CompletedPart> parts = new ArrayList<>();
    private final MessageDigest md5OfParts = Sums.newMd5();
    private final Path keptIn;

    PartsUpload(Bucket bucket, boolean onlyIfAbsent, Cargo cargo, S3Settings settings) {
        this.bucket = bucket;
        this.onlyIfAbsent = onlyIfAbsent;
        this.cargo = cargo;
        // An endpoint may put many parts together before it answers.
        keptIn = settings.kept();
        forPuttingTogether = settings.answersWithin().multipliedBy(10);
        this.partBytes = Math.max(settings.partBytes(), Math.ceilDiv(cargo.size(), MOST_PARTS));
    }

    Sent send() {
        String upload;
        try {
            upload = begin();
        } catch (SdkException e) {
            return new Sent.Refused(Failures.words(e));
        }
        Optional<String> failure = parts(upload);
        if (failure.isPresent()) {
            abort(upload);
            return new Sent.Refused(failure.get());
        }
        return complete(upload);
    }

    private String begin() {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(cargo.key())
                .metadata(cargo.metadata());
        if (bucket.hasChecksums()) {
            request.checksumAlgorithm(software.amazon.awssdk.services.s3.model.ChecksumAlgorithm.CRC32);
        }
        cargo.lockedUntil()
                .ifPresent(until ->
                        request.objectLockMode(ObjectLockMode.COMPLIANCE).objectLockRetainUntilDate(until));
        return bucket.client().createMultipartUpload(request.build()).uploadId();
    }

    /** Sends all parts; says why not, when one did not go. */
    private Optional<String> parts(String upload) {
        long left = cargo.size();
        try (Kept kept = Kept.in(keptIn)) {
            while (left > 0) {
                long length = Math.min(left, partBytes);
                left -= length;
                Optional<String> failure = part(upload, new Portion(cargo.bytes(), length, left == 0), kept);
                if (failure.isPresent()) {
                    return failure;
                }
            }
            return Optional.empty();
        }
    }

    private Optional<String> part(String upload, Portion portion, Kept kept) {
        Repeatable bytes = new Repeatable(portion, kept);
        for (Duration pause : PAUSES) {
            try {
                return taken(bucket.streams().uploadPart(request(upload, portion), bytes.body()), portion);
            } catch (SdkException e) {
                if (!Failures.isPassing(e) || !bytes.canRepeat() || !passes(pause)) {
                    return Optional.of(portion.fault().map(Causes::of).orElseGet(() -> Failures.words(e)));
                }
            }
        }
        try {
            return taken(bucket.streams().uploadPart(request(upload, portion), bytes.body()), portion);
        } catch (SdkException e) {
            return Optional.of(portion.fault()
                    .map(Causes::of)
                    .orElseGet(() -> "part %d, sent %d times: %s"
                            .formatted(parts.size() + 1, PAUSES.size() + 1, Failures.words(e))));
        }
    }

    private static boolean passes(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private UploadPartRequest request(String upload, Portion portion) {
        int number = parts.size() + 1;
        UploadPartRequest.Builder request = UploadPartRequest.builder()
                .bucket(bucket.name())
                .key(cargo.key())
                .uploadId(upload)
                .partNumber(number)
                .contentLength(portion.length());
        if (bucket.hasChecksums()) {
            request.checksumAlgorithm(software.amazon.awssdk.services.s3.model.ChecksumAlgorithm.CRC32);
        }
        return request.build();
    }

    /** Says why not, where the endpoint has other bytes than were sent. */
    private Optional<String> taken(UploadPartResponse answer, Portion portion) {
        int number = parts.size() + 1;
        Sums.Known sums = portion.known();
        md5OfParts.update(sums.md5());
        parts.add(CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumCRC32(answer.checksumCRC32())
                .build());
        return sums.differs(new Sums.Answered(
                        Bucket.etag(answer.eTag()),
                        Optional.ofNullable(answer.checksumCRC32()),
                        answer.sseCustomerAlgorithm() == null && answer.ssekmsKeyId() == null))
                .map(difference -> "the endpoint took part %d wrongly: %s".formatted(number, difference));
    }

    private Sent complete(String upload) {
        Sums.Known sums = new Sums.Known(md5OfParts.digest(), Optional.empty(), "-" + parts.size());
        CompleteMultipartUploadRequest.Builder request = CompleteMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(cargo.key())
                .uploadId(upload)
                .multipartUpload(m -> m.parts(parts))
                .overrideConfiguration(o -> o.apiCallTimeout(forPuttingTogether));
        if (onlyIfAbsent) {
            request.ifNoneMatch("*");
        }
        try {
            return new Sent.Taken(
                    sums,
                    Optional.ofNullable(bucket.client()
                            .completeMultipartUpload(request.build())
                            .versionId()));
        } catch (SdkException e) {
            return incomplete(upload, e, sums);
        }
    }

    /** A refusal may also be the answer to a second try, after a first one that was done: so it is looked at again. */
    private Sent incomplete(String upload, SdkException e, Sums.Known sums) {
        if (Failures.isOccupied(e)) {
            abort(upload);
            return new Sent.Stood(sums);
        }
        if (Failures.isRefusal(e) && !Failures.isAbsence(e)) {
            abort(upload);
            return new Sent.Refused(Failures.words(e));
        }
        return new Sent.Unclear(sums, Failures.words(e));
    }

    private void abort(String upload) {
        try {
            bucket.client()
                    .abortMultipartUpload(
                            a -> a.bucket(bucket.name()).key(cargo.key()).uploadId(upload));
        } catch (SdkException e) {
            // It stays invisible, and is aborted at a later start.
            return;
        }
    }
}
