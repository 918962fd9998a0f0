package holdfast.server.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestingStreamTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
    /** RFC 1321 A.5, FIPS 180-4 example 1, and adler32 by hand: a=1+97+98+99=295, b=98+196+295=589. */
    private static final Measured OF_ABC = new Measured(
            new ByteSize(3),
            Digests.of(
                    new Digest(Algorithm.ADLER32, "024d0127"),
                    new Digest(Algorithm.MD5, "900150983cd24fb0d6963f7d28e17f72"),
                    new Digest(Algorithm.SHA256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));

    @Test
    void theStandardsOwnExamplesHold() throws IOException {
        assertThat(DigestPass.over(new ByteArrayInputStream(ABC), DigestPass.ALL))
                .isEqualTo(OF_ABC);
        try (DigestPass lanes = DigestPass.inLanes(DigestPass.ALL)) {
            assertThat(DigestPass.over(new ByteArrayInputStream(ABC), lanes)).isEqualTo(OF_ABC);
        }
    }

    @Test
    void noBytesHaveDigestsToo() throws IOException {
        Measured none = DigestPass.over(new ByteArrayInputStream(new byte[0]), DigestPass.ALL);
        assertThat(none.size()).isEqualTo(ByteSize.ZERO);
        assertThat(none.digests().adler32()).contains(new Digest(Algorithm.ADLER32, "00000001"));
    }

    @Test
    void onlyTheDigestsAskedForAreComputed() throws IOException {
        Digests digests = DigestPass.over(new ByteArrayInputStream(ABC), Set.of(Algorithm.SHA256))
                .digests();
        assertThat(digests).isEqualTo(Digests.of(Digest.sha256(ABC)));
    }

    @ParameterizedTest
    @ValueSource(ints = {61, 4_096, 262_144, 1_000_000})
    void howTheBytesAreCutDoesNotMatter(int cut) throws IOException {
        byte[] bytes = new byte[1_000_003];
        new Random(cut).nextBytes(bytes);
        Measured whole = DigestPass.over(new ByteArrayInputStream(bytes), DigestPass.ALL);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (DigestingStream in = new DigestingStream(new ByteArrayInputStream(bytes), DigestPass.ALL);
                DigestPass lanes = DigestPass.inLanes(DigestPass.ALL);
                DigestSink out = new DigestSink(copy, lanes)) {
            byte[] buffer = new byte[cut];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            assertThat(in.measured()).isEqualTo(whole);
            assertThat(out.measured()).isEqualTo(whole);
        }
        assertThat(copy.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void whatIsSkippedOrReadByteByByteIsMeasuredToo() throws IOException {
        try (DigestingStream in = new DigestingStream(new ByteArrayInputStream(ABC), DigestPass.ALL);
                DigestSink out = new DigestSink(OutputStream.nullOutputStream(), DigestPass.ALL)) {
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.skip(10)).isEqualTo(2);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.measured()).isEqualTo(OF_ABC);
            for (byte b : ABC) {
                out.write(b);
            }
            assertThat(out.measured()).isEqualTo(OF_ABC);
        }
    }

    @Test
    void twoSubsetsMeasuredInLanesAgreeWithOneThread() throws IOException {
        byte[] bytes = new byte[5 * DigestPass.BUFFER + 1];
        new Random(3).nextBytes(bytes);
        Set<Algorithm> subset = Set.of(Algorithm.ADLER32, Algorithm.SHA256);
        try (DigestPass lanes = DigestPass.inLanes(subset)) {
            assertThat(DigestPass.over(new ByteArrayInputStream(bytes), lanes))
                    .isEqualTo(DigestPass.over(new ByteArrayInputStream(bytes), subset));
        }
    }
}
