package holdfast.server.drivers.s3;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket of Ceph's gateway that locks what is written, as a write-once archive. */
@Tag("grid")
class S3OnCephLockedTest extends S3Contract {
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
        return store.settings(false, OptionalInt.of(1));
    }

    /** The opposite of what a disk promises, and what an archive is for. */
    @Test
    @Override
    protected void whatIsReleasedIsGoneAndASecondReleaseFindsNothing() throws IOException {
        for (int size : List.of(10, 2 * (int) Store.PART)) {
            String name = "d/" + size;
            write(name, random(size));
            assertThat(driver().release(path(name)))
                    .isInstanceOfSatisfying(
                            Removed.Unknown.class, u -> assertThat(u.why()).contains("locked until"));
            assertThat(driver().look(path(name))).isInstanceOf(Seen.Present.class);
            assertThat(readOnline(name)).isEqualTo(random(size));
        }
    }

    @Test
    void aDeleteMarkerHidesNothing() throws IOException {
        write("f", bytes("kept"));
        try (S3Client owner = store().owner()) {
            owner.deleteObject(d -> d.bucket(store().bucket()).key("lab/f"));
        }
        assertThat(size(driver().look(path("f")))).isEqualTo(4);
        assertThat(readOnline("f")).isEqualTo(bytes("kept"));
        assertThat(write("f", bytes("other"))).isEqualTo(new Written.Occupied(new ByteSize(4)));
        List<String> foreign = new ArrayList<>();
        driver().list(l -> assertThat(l.path()).isEqualTo(path("f")), f -> foreign.add(f.place()));
        assertThat(foreign).containsExactly("f");
    }

    @Test
    void aLaterVersionByAnotherChangesNothing() throws IOException {
        write("f", bytes("kept"));
        try (S3Client owner = store().owner()) {
            owner.putObject(p -> p.bucket(store().bucket()).key("lab/f"), RequestBody.fromString("replaced"));
        }
        assertThat(readOnline("f")).isEqualTo(bytes("kept"));
        assertThat(driver().release(path("f"))).isInstanceOf(Removed.Unknown.class);
        assertThat(readOnline("f")).isEqualTo(bytes("kept"));
        assertThat(listed()).containsExactly("f");
    }
}
