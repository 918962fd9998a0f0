package holdfast.server.movers;

import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes that are to be brought to an element.
 *
 * @param expected what the bytes must be; digests that are not known here are computed and not compared
 * @param writing the first writing whose path may be used, see {@link holdfast.vocabulary.StoragePath#of}
 */
public record Cargo(DataId id, ByteSize size, Digests expected, int writing, Opening from) {

    /** Opens the bytes for one pass. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }
}
