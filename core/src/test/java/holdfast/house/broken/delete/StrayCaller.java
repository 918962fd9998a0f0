package holdfast.house.broken.delete;

import holdfast.storage.StorageDriver;
import holdfast.vocabulary.StoragePath;

/** Breaks the delete guard: it tidies up by itself. */
final class StrayCaller {
    static void tidy(StorageDriver driver, StoragePath path) {
        driver.release(path);
    }
}
