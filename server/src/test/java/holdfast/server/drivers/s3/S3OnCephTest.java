package holdfast.server.drivers.s3;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;

/** A plain bucket of Ceph's gateway, which knows no checksum newer than MD5. */
@Tag("grid")
class S3OnCephTest extends S3Contract {
    @Override
    Store store(Path folder) {
        return Store.onCeph(folder).make(false);
    }

    @Override
    Honours honours() {
        return new Honours(true, false);
    }

    @Override
    S3Settings settings(Store store) {
        return store.settings(false, OptionalInt.empty());
    }
}
