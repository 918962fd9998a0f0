package holdfast.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PatienceTest {

    /** Never gives a byte; ends when it is closed, as a connection does. */
    private static final class Silent extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            throw new IOException("closed");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void aSourceThatGivesNoByteIsGivenUp() throws IOException {
        Silent silent = new Silent();
        try (Patience patience = new Patience(silent, silent, Duration.ofMillis(100))) {
            assertThatThrownBy(patience::read).isInstanceOf(IOException.class).hasMessage("no byte came for 0 s");
        }
    }

    @Test
    void whatComesIsHandedOn() throws IOException {
        InputStream bytes = new ByteArrayInputStream(new byte[] {1, 2, 3});
        try (Patience patience = new Patience(bytes, bytes, Duration.ofMinutes(1))) {
            assertThat(patience.readAllBytes()).containsExactly(1, 2, 3);
        }
    }
}
