package holdfast.house.broken.delete.guard;

import holdfast.storage.StorageDriver;
import holdfast.vocabulary.StoragePath;

/** Stands for the one room that may delete. */
final class Guard {
    static void tidy(StorageDriver driver, StoragePath path) {
        driver.release(path);
    }
}
