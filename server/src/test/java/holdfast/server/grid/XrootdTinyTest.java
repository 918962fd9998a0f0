package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A server with a disk of 6 MB, over plain HTTP. */
class XrootdTinyTest extends XrootdContract {
    @Override
    String scheme() {
        return "http";
    }

    @Override
    Xrootd.Kind kind() {
        return Xrootd.Kind.PLAIN.tiny("6m");
    }

    @Test
    void aFullDiskRefusesInWordsAndLeavesNothing() throws IOException {
        assertThat(write("small", bytes("fits"))).isInstanceOf(Written.Done.class);
        assertThat(write("large", new byte[9_000_000])).isInstanceOf(Written.Refused.class);
        assertThat(driver().look(path("large"))).isEqualTo(new Seen.Absent());
        assertThat(listed()).containsExactly("small");
        assertThat(write("small too", bytes("fits again"))).isInstanceOf(Written.Done.class);
    }
}
