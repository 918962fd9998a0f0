package holdfast.server.drivers;

import holdfast.vocabulary.Digest.Algorithm;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Set;

/**
 * One pass over bytes that counts them and computes any of the field's digests (adler32 of RFC 1950, md5 of RFC 1321,
 * sha256 of FIPS 180-4). Fed by one thread; used once.
 */
public sealed interface DigestPass extends AutoCloseable permits PassInOneThread, PassInLanes {
    /** The size of the reads that keep a pass at full speed, in bytes. */
    int BUFFER = 256 * 1024;

    Set<Algorithm> ALL = Set.copyOf(EnumSet.allOf(Algorithm.class));

    /** A pass that runs in the thread that feeds it. */
    static DigestPass inOneThread(Set<Algorithm> algorithms) {
        return new PassInOneThread(algorithms);
    }

    /**
     * A pass whose slowest digest runs beside the thread that feeds it: about twice as fast for one large file while a
     * core is idle, and a loss when all cores are busy. Close it, also after {@link #measured}.
     */
    static DigestPass inLanes(Set<Algorithm> algorithms) {
        return algorithms.size() < 2 ? new PassInOneThread(algorithms) : new PassInLanes(algorithms);
    }

    /** Measures a stream to its end, in this thread; the stream stays open. */
    static Measured over(InputStream bytes, Set<Algorithm> algorithms) throws IOException {
        return over(bytes, inOneThread(algorithms));
    }

    /** Measures a stream to its end with a pass of the caller's choice, which is used up; the stream stays open. */
    static Measured over(InputStream bytes, DigestPass pass) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read = bytes.read(buffer);
        while (read >= 0) {
            pass.update(buffer, 0, read);
            read = bytes.read(buffer);
        }
        return pass.measured();
    }

    /** Takes the next bytes; they may be changed by the caller afterwards. */
    void update(byte[] bytes, int from, int length);

    /** Ends the pass. */
    Measured measured();

    /** Lets go of what the pass holds; nothing to do for a pass in one thread. */
    @Override
    default void close() {}
}
