package holdfast.server.drivers.s3;

import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.drivers.MarkText;
import holdfast.storage.StorageDriver.Reach;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The object that says which element this is. Without it a bucket is a new one or somebody else's, and nothing in it may
 * be believed, least of all that an object is missing.
 */
final class S3Mark {
    private final StorageName name;
    private final Bucket bucket;
    private final String key;
    private volatile Optional<UUID> seen = Optional.empty();

    S3Mark(StorageName name, Bucket bucket) {
        this.name = name;
        this.bucket = bucket;
        key = bucket.place().key(MarkText.FILE);
    }

    /** Whether the bucket is there and ours now. */
    Reach reach() {
        try {
            Optional<MarkText> mark = read();
            if (mark.isEmpty()) {
                return new Reach.Silent(
                        "%s is not there: a new bucket, or not the element %s".formatted(words(), name));
            }
            UUID identity = mark.get().identity();
            Optional<UUID> before = seen;
            if (before.isPresent() && !before.get().equals(identity)) {
                return new Reach.Silent("%s is another %s than before: marked %s, was %s"
                        .formatted(words(), name, identity, before.get()));
            }
            seen = Optional.of(identity);
            return new Reach.Answers();
        } catch (SdkException e) {
            return new Reach.Silent(Failures.words(e));
        } catch (IOException e) {
            return new Reach.Silent(String.valueOf(e.getMessage()));
        }
    }

    /** As {@link #reach}, for those who can only go on with an answer. */
    void require() throws IOException {
        if (reach() instanceof Reach.Silent silent) {
            throw new IOException("the element is silent: " + silent.why());
        }
    }

    /** Marks an empty element, or recognises ours. */
    Initialised initialise(boolean firstTime, Shelf shelf) throws IOException {
        if (firstTime && read().isEmpty()) {
            requireEmpty(shelf);
            UUID fresh = UUID.randomUUID();
            make(new MarkText(name, fresh), Honours.tried(bucket, shelf).put());
            // Of two servers that come at once, both see what stands in the end.
            UUID standing = read().map(MarkText::identity).orElse(fresh);
            seen = Optional.of(standing);
            return standing.equals(fresh) ? new Initialised.Marked(fresh) : new Initialised.Known(standing);
        }
        return switch (reach()) {
            case Reach.Answers _ -> new Initialised.Known(seen.orElseThrow());
            case Reach.Silent silent -> new Initialised.Refused(silent.why());
        };
    }

    /** The mark; empty when the bucket answers and holds none. */
    private Optional<MarkText> read() throws IOException {
        try (InputStream in = Opened.of(bucket, key, Optional.empty())) {
            byte[] text = in.readNBytes(MarkText.MOST_BYTES + 1);
            return Optional.of(MarkText.read(new String(text, StandardCharsets.UTF_8), name, words()));
        } catch (NoSuchBucketException e) {
            throw new IOException("there is no bucket " + bucket.name(), e);
        } catch (MarkText.BadMark e) {
            throw new IOException(e.getMessage(), e);
        } catch (SdkException e) {
            if (Failures.isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void make(MarkText mark, boolean honoursCondition) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket.name()).key(key).contentType("text/plain; charset=utf-8");
        if (honoursCondition) {
            request.ifNoneMatch("*");
        }
        try {
            bucket.client().putObject(request.build(), RequestBody.fromString(mark.text(), StandardCharsets.UTF_8));
        } catch (SdkException e) {
            if (!Failures.isOccupied(e)) {
                throw e;
            }
        }
    }

    private void requireEmpty(Shelf shelf) throws IOException {
        Optional<String> found = shelf.first();
        if (found.isPresent()) {
            throw new IOException("%s holds '%s' and no mark: give %s an empty bucket or prefix of its own"
                    .formatted(bucket.place().words(bucket.place().prefix()), found.get(), name));
        }
    }

    private String words() {
        return bucket.place().words(key);
    }
}
