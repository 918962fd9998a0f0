package holdfast.server.drivers.s3;

import holdfast.storage.StorageDriver.Foreign;
import holdfast.storage.StorageDriver.Removed;
import holdfast.vocabulary.ByteSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * Files in a bucket that keeps versions: each is the oldest version of its key. So neither a later version nor a delete
 * marker, which anybody who may write can add, changes or hides a file; and of two servers that write one key at once
 * exactly one wrote the file.
 */
record VersionShelf(Bucket bucket) implements Shelf {
    private static final int FEW = 50;

    @Override
    public Optional<Standing> find(String key) {
        List<ObjectVersion> versions = all(key).versions();
        return versions.isEmpty() ? Optional.empty() : Optional.of(standing(versions.getLast()));
    }

    @Override
    public Optional<Standing.Detail> inspect(String key) {
        return find(key).flatMap(oldest -> bucket.inspect(key, oldest.version()));
    }

    @Override
    public void list(Consumer<Standing> each, Consumer<Foreign> notOurs) throws IOException {
        Ascending order = new Ascending();
        @Nullable ObjectVersion before = null;
        for (ListObjectVersionsResponse page : bucket.client()
                .listObjectVersionsPaginator(request(bucket.place().prefix(), 1_000))) {
            for (DeleteMarkerEntry marker : page.deleteMarkers()) {
                if (!bucket.isHidden(marker.key())) {
                    notOurs.accept(new Foreign(bucket.path(marker.key()), "a delete marker, which hides nothing here"));
                }
            }
            for (ObjectVersion version : page.versions()) {
                if (before != null) {
                    hand(before, before.key().equals(version.key()), each, notOurs);
                }
                order.next(version.key());
                before = version;
            }
        }
        if (before != null) {
            hand(before, false, each, notOurs);
        }
    }

    private void hand(ObjectVersion version, boolean hasOlder, Consumer<Standing> each, Consumer<Foreign> notOurs) {
        if (!hasOlder) {
            each.accept(standing(version));
        } else if (!bucket.isHidden(version.key())) {
            notOurs.accept(new Foreign(
                    bucket.path(version.key()), "version %s, later than the file".formatted(version.versionId())));
        }
    }

    @Override
    public Optional<String> first() {
        return bucket
                .client()
                .listObjectVersionsPaginator(request(bucket.place().prefix(), FEW))
                .versions()
                .stream()
                .map(ObjectVersion::key)
                .filter(key -> !bucket.isHidden(key))
                .findFirst();
    }

    /** The oldest first: if it is locked, nothing is removed. */
    @Override
    public Removed remove(String key) {
        Versions all = all(key);
        if (all.versions().isEmpty()) {
            return new Removed.Absent();
        }
        for (ObjectVersion version : all.versions().reversed()) {
            try {
                remove(key, version.versionId());
            } catch (SdkException e) {
                return new Removed.Unknown(Failures.words(e) + lock(key, version.versionId()));
            }
        }
        all.markers().forEach(marker -> remove(key, marker.versionId()));
        return find(key).isEmpty()
                ? new Removed.Done()
                : new Removed.Unknown("the endpoint said it removed every version, and still shows one");
    }

    private void remove(String key, String version) {
        bucket.client()
                .deleteObject(DeleteObjectRequest.builder()
                        .bucket(bucket.name())
                        .key(key)
                        .versionId(version)
                        .build());
    }

    /** Takes away one version that this server just wrote and that is no file, where no lock forbids it. */
    void withdraw(String key, String version) {
        remove(key, version);
    }

    private String lock(String key, String version) {
        try {
            return bucket.inspect(key, Optional.of(version))
                    .flatMap(Standing.Detail::lockedUntil)
                    .map(until -> ": version %s is locked until %s".formatted(version, until))
                    .orElse("");
        } catch (SdkException e) {
            return "";
        }
    }

    private record Versions(List<ObjectVersion> versions, List<DeleteMarkerEntry> markers) {}

    /** All versions of a key, the newest first, and its delete markers. Other keys that begin with it come behind it. */
    private Versions all(String key) {
        Versions all = new Versions(new ArrayList<>(), new ArrayList<>());
        for (ListObjectVersionsResponse page : bucket.client().listObjectVersionsPaginator(request(key, FEW))) {
            page.versions().stream().filter(v -> v.key().equals(key)).forEach(all.versions()::add);
            page.deleteMarkers().stream().filter(m -> m.key().equals(key)).forEach(all.markers()::add);
            boolean isPast = page.versions().stream().anyMatch(v -> !v.key().equals(key))
                    || page.deleteMarkers().stream().anyMatch(m -> !m.key().equals(key));
            if (isPast) {
                break;
            }
        }
        return all;
    }

    private ListObjectVersionsRequest request(String prefix, int atOnce) {
        return ListObjectVersionsRequest.builder()
                .bucket(bucket.name())
                .prefix(prefix)
                .maxKeys(atOnce)
                .encodingType(EncodingType.URL)
                .build();
    }

    private static Standing standing(ObjectVersion version) {
        return new Standing(version.key(), new ByteSize(version.size()), Optional.of(version.versionId()));
    }
}
