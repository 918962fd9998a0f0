package holdfast.server.api.rucio.replicas;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text as bytes, for answers of millions of lines: what does not change is turned into bytes once. */
final class ByteText {
    private static final int HELD = 1 << 16;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final byte[] held = new byte[HELD];
    private int size;

    ByteText(OutputStream out) {
        this.out = out;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    ByteText add(byte[] bytes) {
        if (size + bytes.length > HELD) {
            flush();
        }
        if (bytes.length > HELD) {
            send(bytes, bytes.length);
        } else {
            System.arraycopy(bytes, 0, held, size, bytes.length);
            size += bytes.length;
        }
        return this;
    }

    ByteText add(long number) {
        return add(bytes(Long.toString(number)));
    }

    /** A text as JSON writes it, between quotes. */
    ByteText quoted(String text) {
        int length = text.length();
        if (size + length + 2 > HELD) {
            flush();
        }
        if (length + 2 > HELD) {
            return add(escaped(text));
        }
        int begin = size;
        held[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
                size = begin;
                return add(escaped(text));
            }
            held[size++] = (byte) c;
        }
        held[size++] = '"';
        return this;
    }

    static byte[] escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < 0x20) {
                escaped.append("\\u00").append((char) HEX[c >> 4]).append((char) HEX[c & 15]);
            } else {
                escaped.append(c);
            }
        }
        return bytes(escaped.append('"').toString());
    }

    void flush() {
        send(held, size);
        size = 0;
    }

    private void send(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException("the client is gone", e);
        }
    }
}
