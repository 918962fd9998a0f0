package holdfast.server.api.rucio.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding to strict UTF-8; what cannot be decoded is the caller's error, never a replaced character. */
final class Percent {
    private Percent() {}

    /** Decodes a piece of a path, where a plus sign is a plus sign. */
    static String path(String raw) {
        return decode(raw, false);
    }

    /** Decodes a key or a value of a query, where a plus sign is a blank. */
    static String query(String raw) {
        return decode(raw, true);
    }

    private static String decode(String raw, boolean plusIsBlank) {
        if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0 && raw.chars().allMatch(c -> c < 128)) {
            return raw;
        }
        // The container hands each byte of the request line as one character.
        byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer out = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '%') {
                out.put((byte) hex(raw, i));
                i += 2;
            } else {
                out.put(plusIsBlank && b == '+' ? (byte) ' ' : b);
            }
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
            if (text.indexOf('\0') >= 0) {
                throw RucioError.bad("ValueError", "a null character in '" + raw + "'");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw RucioError.bad("ValueError", "'" + raw + "' is not UTF-8");
        }
    }

    private static int hex(String raw, int percent) {
        int value = -1;
        if (percent + 2 < raw.length()) {
            int high = Character.digit(raw.charAt(percent + 1), 16);
            int low = Character.digit(raw.charAt(percent + 2), 16);
            value = high < 0 || low < 0 ? -1 : high * 16 + low;
        }
        if (value < 0) {
            throw RucioError.bad("ValueError", "'%' is not followed by two hexadecimal digits in '" + raw + "'");
        }
        return value;
    }
}
