package holdfast.server.drivers.s3;

import holdfast.storage.StorageDriver.Foreign;
import holdfast.storage.StorageDriver.Removed;
import holdfast.vocabulary.ByteSize;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/** Files in a bucket that keeps no versions: each is the object of its key. */
record PlainShelf(Bucket bucket) implements Shelf {
    @Override
    public Optional<Standing> find(String key) {
        return inspect(key).map(Standing.Detail::standing);
    }

    @Override
    public Optional<Standing.Detail> inspect(String key) {
        return bucket.inspect(key, Optional.empty());
    }

    @Override
    public void list(Consumer<Standing> each, Consumer<Foreign> notOurs) throws IOException {
        Ascending order = new Ascending();
        for (ListObjectsV2Response page : pages()) {
            for (S3Object object : page.contents()) {
                order.next(object.key());
                each.accept(new Standing(object.key(), new ByteSize(object.size()), Optional.empty()));
            }
        }
    }

    @Override
    public Optional<String> first() {
        return pages().contents().stream()
                .map(S3Object::key)
                .filter(key -> !bucket.isHidden(key))
                .findFirst();
    }

    private ListObjectsV2Iterable pages() {
        return bucket.client()
                .listObjectsV2Paginator(ListObjectsV2Request.builder()
                        .bucket(bucket.name())
                        .prefix(bucket.place().prefix())
                        .encodingType(EncodingType.URL)
                        .build());
    }

    @Override
    public Removed remove(String key) {
        if (find(key).isEmpty()) {
            return new Removed.Absent();
        }
        DeleteObjectResponse answer = bucket.client()
                .deleteObject(DeleteObjectRequest.builder()
                        .bucket(bucket.name())
                        .key(key)
                        .build());
        if (Boolean.TRUE.equals(answer.deleteMarker())) {
            return new Removed.Unknown(
                    "%s keeps versions since this server started, and hid the object only: start again to see them"
                            .formatted(bucket.name()));
        }
        return find(key).isEmpty()
                ? new Removed.Done()
                : new Removed.Unknown("the endpoint said it removed the object, and still shows it");
    }
}
