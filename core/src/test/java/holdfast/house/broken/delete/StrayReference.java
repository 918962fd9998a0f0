package holdfast.house.broken.delete;

import holdfast.storage.StorageDriver;
import holdfast.vocabulary.StoragePath;
import java.util.List;

/** Breaks the delete guard by a method reference. */
final class StrayReference {
    static void tidy(StorageDriver driver, List<StoragePath> paths) {
        paths.forEach(driver::release);
    }
}
