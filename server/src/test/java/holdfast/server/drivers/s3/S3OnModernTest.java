package holdfast.server.drivers.s3;

import holdfast.server.grid.ModernS3;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;

/** An endpoint that knows the checksums of 2022. */
@Tag("grid")
class S3OnModernTest extends S3Contract {
    @Override
    Store store(Path folder) {
        return Store.of(ModernS3.shared().url(), "ANY", "any", folder).make(false);
    }

    @Override
    S3Settings settings(Store store) {
        return store.settings(true, OptionalInt.empty());
    }
}
