package holdfast.house.broken.delete;

import holdfast.storage.StorageDriver;
import holdfast.vocabulary.StoragePath;

/** Breaks the delete guard by naming a kind of driver, from a method that carries the deleting name. */
final class StrayCallerOfOneKind {
    static void release(OneKind driver, StoragePath path) {
        driver.release(path);
    }

    interface OneKind extends StorageDriver {}
}
