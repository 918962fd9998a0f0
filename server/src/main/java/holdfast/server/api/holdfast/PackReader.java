package holdfast.server.api.holdfast;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a pack: many files in one request body (docs/reference/api.md). Each is a big-endian length and a JSON header,
 * the bytes that the header announces, and a length and a JSON trailer with what the source saw while it read; a length
 * of zero ends the pack. Reads one pass, keeps nothing.
 */
final class PackReader {
    private static final int LONGEST_JSON = 1 << 20;

    private final DataInputStream in;

    PackReader(InputStream body) {
        this.in = new DataInputStream(body);
    }

    /** The next header as JSON text; empty at the end of the pack. */
    Optional<String> header() throws IOException {
        int length = length();
        return length == 0 ? Optional.empty() : Optional.of(json(length));
    }

    /** The trailer as JSON text; call it once the bytes were read. */
    String trailer() throws IOException {
        return json(length());
    }

    /** The bytes that follow a header, and no more. */
    Content content(long size) {
        return new Content(in, size);
    }

    private int length() throws IOException {
        try {
            return in.readInt();
        } catch (EOFException end) {
            throw (EOFException) new EOFException("the pack ends before the length of a text").initCause(end);
        }
    }

    private String json(int length) throws IOException {
        if (length <= 0 || length > LONGEST_JSON) {
            throw new Problem.Told(
                    Problem.BAD_REQUEST,
                    "a pack announces a text of " + length + " bytes; at most " + LONGEST_JSON + " are allowed");
        }
        byte[] text = in.readNBytes(length);
        if (text.length < length) {
            throw new EOFException("the pack ends within a text");
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    /** The bytes of one file within a pack. Closing it leaves the pack open. */
    static final class Content extends FilterInputStream {
        private long left;

        private Content(InputStream in, long size) {
            super(in);
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, from, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("the pack ends within a file, " + left + " bytes before its end");
            }
            left -= read;
            return read;
        }

        /** Reads what nobody wanted, so that the next header can be read. */
        void drain() throws IOException {
            byte[] buffer = new byte[1 << 16];
            while (left > 0) {
                if (read(buffer, 0, buffer.length) < 0) {
                    return;
                }
            }
        }

        @Override
        public void close() {
            // The pack goes on behind this file.
        }
    }
}
