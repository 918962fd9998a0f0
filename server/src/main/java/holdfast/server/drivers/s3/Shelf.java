package holdfast.server.drivers.s3;

import holdfast.storage.StorageDriver.Foreign;
import holdfast.storage.StorageDriver.Removed;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/** How files stand in a bucket: as its objects, or as the oldest versions of its objects where it keeps versions. */
sealed interface Shelf permits PlainShelf, VersionShelf {
    /** What stands at a key. */
    Optional<Standing> find(String key) throws SdkException;

    /** The same, looked at closely. */
    Optional<Standing.Detail> inspect(String key) throws SdkException;

    /** Every file in the order of the keys. */
    void list(Consumer<Standing> each, Consumer<Foreign> notOurs) throws IOException, SdkException;

    /** The first key that is not the driver's own. */
    Optional<String> first() throws SdkException;

    /** Removes what stands at a key for ever. */
    Removed remove(String key) throws SdkException;
}
