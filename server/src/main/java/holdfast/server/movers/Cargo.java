package holdfast.server.movers;

import holdfast.storage.ThirdPartyCopy.Origin;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Bytes that are to be brought to an element.
 *
 * @param expected what the bytes must be; digests that are not known here are computed and not compared
 * @param writing the first writing whose path may be used, see {@link holdfast.vocabulary.StoragePath#of}
 * @param afar for copies between servers, the best first; bytes that cannot go that way are opened
 */
public record Cargo(DataId id, ByteSize size, Digests expected, int writing, Opening from, List<Origin> afar) {
    public Cargo {
        afar = List.copyOf(afar);
    }

    /** Bytes that have to pass through us. */
    public Cargo(DataId id, ByteSize size, Digests expected, int writing, Opening from) {
        this(id, size, expected, writing, from, List.of());
    }

    /** The same cargo for another writing, with all that is known of its bytes by now. */
    Cargo as(int another, Digests known) {
        return new Cargo(id, size, known, another, from, afar);
    }

    /** Opens the bytes for one pass. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }
}
