package holdfast.server.movers;

import holdfast.server.drivers.DigestPass;
import holdfast.server.drivers.DigestingStream;
import holdfast.server.drivers.Measured;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream that fails at its end when its bytes were not the expected ones, so that a writer takes nothing of them. */
final class Checked extends FilterInputStream {
    private final DigestingStream digesting;
    private final Cargo cargo;
    private @Nullable Measured measured;
    private @Nullable Landed bad;

    Checked(InputStream bytes, Cargo cargo) {
        this(new DigestingStream(bytes, DigestPass.inOneThread(DigestPass.ALL)), cargo);
    }

    private Checked(DigestingStream digesting, Cargo cargo) {
        super(digesting);
        this.digesting = digesting;
        this.cargo = cargo;
    }

    Measured measured() {
        Measured now = measured;
        if (now == null) {
            now = digesting.measured();
            measured = now;
        }
        return now;
    }

    Optional<Landed> bad() {
        return Optional.ofNullable(bad);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read;
        try {
            read = super.read(bytes, from, length);
        } catch (IOException e) {
            bad = new Landed.SourceBad("reading failed: " + e.getMessage(), false);
            throw e;
        }
        if (read < 0) {
            Optional<String> wrong = Landing.wrong(cargo, measured());
            if (wrong.isPresent()) {
                bad = new Landed.SourceBad(wrong.get(), true);
                throw new IOException(wrong.get());
            }
        }
        return read;
    }
}
