package holdfast.server.drivers;

import holdfast.vocabulary.Digest.Algorithm;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/**
 * A stream that counts and digests what is written to it and hands it on; give {@link OutputStream#nullOutputStream()}
 * where nothing is to be kept. Write in large pieces ({@link DigestPass#BUFFER}).
 */
public final class DigestSink extends OutputStream {
    private final OutputStream onward;
    private final DigestPass pass;

    public DigestSink(OutputStream onward, Set<Algorithm> algorithms) {
        this(onward, DigestPass.inOneThread(algorithms));
    }

    public DigestSink(OutputStream onward, DigestPass pass) {
        this.onward = onward;
        this.pass = pass;
    }

    /** What was written so far. Ends the measuring. */
    public Measured measured() {
        return pass.measured();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        onward.write(bytes, from, length);
        pass.update(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
        onward.flush();
    }

    @Override
    public void close() throws IOException {
        pass.close();
        onward.close();
    }
}
