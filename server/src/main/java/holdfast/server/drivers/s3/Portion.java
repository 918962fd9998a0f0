package holdfast.server.drivers.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The bytes of one request out of the caller's stream, counted and summed as they pass. The end of the last portion is
 * handed on only after the stream was seen to end there, so that no request with a stream too short or too long is ever
 * whole. Closing it leaves the stream open.
 */
final class Portion extends InputStream {
    private final InputStream source;
    private final boolean isLast;
    private final long length;
    private final Sums sums = new Sums();
    private long left;
    private Optional<IOException> fault = Optional.empty();

    Portion(InputStream source, long length, boolean isLast) {
        this.source = source;
        this.length = length;
        this.isLast = isLast;
        left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int wanted) throws IOException {
        if (fault.isPresent()) {
            throw fault.get();
        }
        if (left == 0) {
            return -1;
        }
        if (wanted == 0) {
            return 0;
        }
        try {
            return take(bytes, from, (int) Math.min(wanted, left));
        } catch (IOException e) {
            fault = Optional.of(e);
            throw e;
        }
    }

    private int take(byte[] bytes, int from, int wanted) throws IOException {
        int read = source.read(bytes, from, wanted);
        if (read < 0) {
            throw new IOException("the stream ended %d bytes before the size that was announced".formatted(left));
        }
        if (read == left && isLast && source.read() >= 0) {
            throw new IOException("the stream is longer than the size that was announced");
        }
        left -= read;
        sums.update(bytes, from, read);
        return read;
    }

    /** What kept the bytes from coming, if something did: then no request was whole. */
    Optional<IOException> fault() {
        return fault;
    }

    /** Whether all its bytes were handed on. */
    boolean isWhole() {
        return left == 0;
    }

    /** A body of these bytes; asked for a second time it goes on where it is, so no request is ever made up of both. */
    RequestBody body() {
        return RequestBody.fromContentProvider(() -> this, length, "application/octet-stream");
    }

    long length() {
        return length;
    }

    /** The sums of all its bytes; once, at the end. */
    Sums.Known known() {
        return sums.known();
    }
}
