package holdfast.server.drivers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortionTest {
    @Test
    void theEndIsHeldBackUntilTheStreamIsSeenToEndThere() throws IOException {
        Portion portion = new Portion(stream("hello!"), 5, true);
        assertThat(portion.readNBytes(4)).hasSize(4);
        assertThatThrownBy(portion::read).isInstanceOf(IOException.class).hasMessageContaining("longer");
        assertThat(portion.isWhole()).isFalse();
        assertThat(portion.fault()).isPresent();
    }

    @Test
    void aStreamThatEndsEarlyIsNeverWhole() {
        Portion portion = new Portion(stream("hell"), 5, true);
        assertThatThrownBy(portion::readAllBytes).hasMessageContaining("1 bytes before");
        assertThat(portion.isWhole()).isFalse();
    }

    @Test
    void aPortionThatIsNotTheLastLeavesTheRestOfTheStream() throws IOException {
        InputStream source = stream("hello, you");
        Portion first = new Portion(source, 5, false);
        assertThat(first.readAllBytes()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(first.isWhole()).isTrue();
        assertThat(source.readAllBytes()).hasSize(5);
    }

    @Test
    void itsSumsAreThoseOfItsBytes() throws IOException {
        Portion portion = new Portion(stream("hello"), 5, true);
        portion.readAllBytes();
        Sums.Known known = portion.known();
        assertThat(known.etag()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(known.crc32()).contains("NhCmhg==");
    }

    @Test
    void theChecksumThatCameBackDecidesAndAForeignETagProvesNothing() throws IOException {
        Portion portion = new Portion(stream("hello"), 5, true);
        portion.readAllBytes();
        Sums.Known known = portion.known();
        String right = known.etag();
        String wrong = "00000000000000000000000000000000";
        assertThat(known.differs(answered(right, Optional.empty(), true))).isEmpty();
        assertThat(known.differs(answered(wrong, Optional.empty(), true))).isPresent();
        assertThat(known.differs(answered(wrong, Optional.of("NhCmhg=="), true)))
                .isEmpty();
        assertThat(known.differs(answered(right, Optional.of("AAAAAA=="), true)))
                .isPresent();
        assertThat(known.differs(answered(wrong, Optional.empty(), false)))
                .as("encrypted")
                .isEmpty();
        assertThat(known.differs(answered("opaque", Optional.empty(), true)))
                .as("no MD5")
                .isEmpty();
    }

    private static Sums.Answered answered(String etag, Optional<String> crc32, boolean isPlain) {
        return new Sums.Answered(etag, crc32, isPlain);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
