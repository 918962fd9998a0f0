package holdfast.server.drivers.s3;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;

/** A bucket of Ceph's gateway that keeps versions and locks nothing: what is released is gone in every version. */
@Tag("grid")
class S3OnCephVersionsTest extends S3Contract {
    @Override
    Store store(Path folder) {
        return Store.onCeph(folder).make(true);
    }

    @Override
    Honours honours() {
        return new Honours(false, false);
    }

    @Override
    S3Settings settings(Store store) {
        return store.settings(false, OptionalInt.empty());
    }
}
