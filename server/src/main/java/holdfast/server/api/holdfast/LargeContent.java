package holdfast.server.api.holdfast;

import holdfast.server.api.holdfast.IngestController.Trailer;
import holdfast.server.drivers.DigestingStream;
import holdfast.vocabulary.Digest.Algorithm;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a large file on their way through: at their end the trailer is read, and when the source saw other bytes,
 * or saw the file change, the stream fails, so that nothing of it is kept.
 */
final class LargeContent extends FilterInputStream {
    private final PackReader.Content content;
    private final DigestingStream digesting;
    private final TrailerReader trailers;
    private @Nullable String bad;
    private boolean ended;

    /** Reads the trailer once the bytes were read. */
    @FunctionalInterface
    interface TrailerReader {
        Trailer read() throws IOException;
    }

    LargeContent(PackReader.Content content, TrailerReader trailers) {
        this(content, new DigestingStream(content, Set.of(Algorithm.SHA256)), trailers);
    }

    private LargeContent(PackReader.Content content, DigestingStream digesting, TrailerReader trailers) {
        super(digesting);
        this.content = content;
        this.digesting = digesting;
        this.trailers = trailers;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        if (read < 0 && !ended) {
            end();
        }
        if (read < 0 && bad != null) {
            throw new IOException(bad);
        }
        return read;
    }

    /** Reads what nobody wanted and the trailer; answers how the file changed while its source read it. */
    Optional<String> finish() throws IOException {
        if (!ended) {
            content.drain();
            Trailer trailer = trailers.read();
            ended = true;
            return Optional.ofNullable(trailer.changed());
        }
        return Optional.ofNullable(bad);
    }

    private void end() throws IOException {
        ended = true;
        Trailer trailer = trailers.read();
        boolean differs = !IngestController.digests(trailer.digests())
                .differing(digesting.measured().digests())
                .isEmpty();
        bad = trailer.changed() != null
                ? trailer.changed()
                : differs ? "other bytes arrived than the source read" : null;
    }

    @Override
    public void close() {
        // The pack goes on behind this file.
    }
}
