package holdfast.server.drivers.s3;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.grid.ModernS3;
import holdfast.storage.StorageDriver.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An endpoint that knows the checksums of 2022. */
@Tag("grid")
class S3OnModernTest extends S3Contract {
    @Override
    Store store(Path folder) {
        return Store.of(ModernS3.shared().url(), ModernS3.ACCESS_KEY, ModernS3.SECRET_KEY, folder)
                .make(false);
    }

    /** This endpoint keeps its objects in folders, and fails where a name would be both; it says 500, which tells nothing. */
    @Test
    @Override
    void aNameMayBeginLikeAnother() throws IOException {
        write("a/b", bytes("x"));
        assertThat(write("a/b/c", bytes("y"))).isInstanceOf(Written.Unknown.class);
        assertThat(listed()).containsExactly("a/b");
        assertThat(readOnline("a/b")).isEqualTo(bytes("x"));
    }

    @Override
    Honours honours() {
        return new Honours(true, true);
    }

    @Override
    S3Settings settings(Store store) {
        return store.settings(true, OptionalInt.empty());
    }
}
