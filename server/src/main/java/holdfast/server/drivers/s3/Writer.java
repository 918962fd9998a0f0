package holdfast.server.drivers.s3;

import holdfast.server.clock.HouseClock;
import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/**
 * Writes files into a bucket. Goals: nothing is seen before it is whole, nothing is overwritten, and no answer is more
 * certain than what is known. Method: one request or parts put together; the condition {@code If-None-Match: *} where the
 * endpoint honours it, else a look before, one writer of a key at a time; then a look at what stands, which carries the
 * mark of the write that it came by, and the comparison of its size, checksum and lock.
 */
final class Writer {
    private final Bucket bucket;
    private final Shelf shelf;
    private final S3Settings settings;
    private final Honours honours;
    private final HouseClock clock;
    private final PathLocks locks = new PathLocks();

    Writer(Bucket bucket, Shelf shelf, S3Settings settings, Honours honours, HouseClock clock) {
        this.bucket = bucket;
        this.shelf = shelf;
        this.settings = settings;
        this.honours = honours;
        this.clock = clock;
    }

    /** Writes to a path that is none of the driver's own, in an element that was just seen to be ours. */
    Written write(NewBytes request) {
        if (settings.place().isTooLong(request.path())) {
            return new Written.Refused("the key is longer than the 1024 bytes that the protocol allows");
        }
        String key = settings.place().key(request.path());
        try (PathLocks.Lock _ = locks.on(key)) {
            Optional<Standing> standing = shelf.find(key);
            return standing.isPresent()
                    ? new Written.Occupied(standing.get().size())
                    : send(new Cargo(
                            key,
                            request.size().bytes(),
                            request.bytes(),
                            UUID.randomUUID().toString(),
                            lockedUntil()));
        } catch (SdkException e) {
            return new Written.Refused(Failures.words(e));
        }
    }

    private Optional<Instant> lockedUntil() {
        return settings.lockDays().isPresent()
                ? Optional.of(clock.now()
                        .plus(Duration.ofDays(settings.lockDays().getAsInt()))
                        .truncatedTo(ChronoUnit.SECONDS))
                : Optional.empty();
    }

    private Written send(Cargo cargo) {
        Sent sent = cargo.size() <= settings.partBytes()
                ? new SingleUpload(bucket, honours.put()).send(cargo)
                : new PartsUpload(bucket, honours.complete(), cargo, settings).send();
        return switch (sent) {
            case Sent.Refused refused -> new Written.Refused(refused.why());
            case Sent.Taken taken ->
                found(
                        cargo,
                        taken.sums(),
                        taken.version(),
                        "the endpoint said that it took the bytes, and shows nothing");
            case Sent.Stood stood ->
                found(
                        cargo,
                        stood.sums(),
                        Optional.empty(),
                        "the endpoint said that something stands there, and shows nothing");
            case Sent.Unclear unclear -> found(cargo, unclear.sums(), Optional.empty(), unclear.why());
        };
    }

    /** Looks at what stands after the bytes went out. */
    private Written found(Cargo cargo, Sums.Known sums, Optional<String> version, String ifAbsent) {
        try {
            Optional<Standing.Detail> seen = shelf.inspect(cargo.key());
            if (seen.isEmpty()) {
                return new Written.Unknown(ifAbsent);
            }
            boolean isOurs = seen.get().writing().equals(Optional.of(cargo.writing()));
            return isOurs ? compared(cargo, sums, seen.get()) : another(cargo, version, seen.get());
        } catch (SdkException e) {
            return new Written.Unknown(ifAbsent + "; then " + Failures.words(e));
        }
    }

    private Written compared(Cargo cargo, Sums.Known sums, Standing.Detail seen) {
        if (seen.standing().size().bytes() != cargo.size()) {
            return new Written.Unknown("it stands there with %s bytes, of %d that were sent"
                    .formatted(seen.standing().size(), cargo.size()));
        }
        Optional<String> difference = sums.differs(seen.answered());
        if (difference.isPresent()) {
            return new Written.Unknown("it stands there and is not what was sent: " + difference.get());
        }
        return isLocked(cargo, seen) || lock(cargo, seen.standing())
                ? new Written.Done(Optional.of(seen.standing().locator()))
                : new Written.Unknown("it stands there without the lock that was asked for");
    }

    /** Somebody else's write was first. Ours is a later version and no file; where it is locked it stays. */
    private Written another(Cargo cargo, Optional<String> version, Standing.Detail seen) {
        if (shelf instanceof VersionShelf versions
                && version.isPresent()
                && cargo.lockedUntil().isEmpty()) {
            versions.withdraw(cargo.key(), version.get());
        }
        return new Written.Occupied(seen.standing().size());
    }

    private static boolean isLocked(Cargo cargo, Standing.Detail seen) {
        return cargo.lockedUntil()
                .map(wanted -> seen.lockedUntil()
                        .filter(until -> !until.isBefore(wanted))
                        .isPresent())
                .orElse(true);
    }

    /** Some endpoints forget the lock of what is written in parts: then it is asked for again. */
    private boolean lock(Cargo cargo, Standing standing) {
        bucket.client()
                .putObjectRetention(p -> p.bucket(bucket.name())
                        .key(standing.key())
                        .versionId(standing.version().orElse(null))
                        .retention(r -> r.mode(ObjectLockRetentionMode.COMPLIANCE)
                                .retainUntilDate(cargo.lockedUntil().orElseThrow())));
        return bucket.inspect(standing.key(), standing.version())
                .filter(seen -> isLocked(cargo, seen))
                .isPresent();
    }
}
