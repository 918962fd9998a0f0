package holdfast.server.drivers;

import holdfast.vocabulary.Digest.Algorithm;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * A stream that counts and digests what is read through it, so that bytes are measured by the pass that carries them.
 * Read it in large pieces ({@link DigestPass#BUFFER}): each read is one step of the digests. What is skipped is read.
 */
public final class DigestingStream extends FilterInputStream {
    private final DigestPass pass;

    public DigestingStream(InputStream bytes, Set<Algorithm> algorithms) {
        this(bytes, DigestPass.inOneThread(algorithms));
    }

    public DigestingStream(InputStream bytes, DigestPass pass) {
        super(bytes);
        this.pass = pass;
    }

    /** What went through so far, which is the whole once the end was reached. Ends the measuring. */
    public Measured measured() {
        return pass.measured();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = in.read(bytes, from, length);
        if (read > 0) {
            pass.update(bytes, from, read);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.clamp(count, 0L, (long) DigestPass.BUFFER)];
        long skipped = 0;
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        pass.close();
        super.close();
    }
}
