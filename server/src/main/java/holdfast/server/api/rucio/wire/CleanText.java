package holdfast.server.api.rucio.wire;

/**
 * Looks through the bytes of a JSON text: strict UTF-8 without a byte order mark, without null characters, and no escape that makes a null character
 * or half of a surrogate pair. The parser would let these pass, and the database would not.
 */
final class CleanText {
    private static final int ASCII = 0x80;
    private static final int ESCAPE = 6;

    private CleanText() {}

    static boolean isClean(byte[] bytes) {
        if (bytes.length > 2 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            return false;
        }
        int i = 0;
        while (i < bytes.length) {
            int b = bytes[i];
            int length;
            if (b == '\\') {
                length = escape(bytes, i);
            } else if (b > 0) {
                length = 1;
            } else {
                length = character(bytes, i);
            }
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    /** The length of a character of several bytes, or 0 where there is none (Unicode 15, table 3-7). */
    private static int character(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (at + length > bytes.length) {
            return 0;
        }
        int point = first & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            int next = bytes[at + i] & 0xFF;
            if ((next & 0xC0) != ASCII) {
                return 0;
            }
            point = point << 6 | next & 0x3F;
        }
        boolean shortest = length == 2 || point >= (length == 3 ? 0x800 : 0x10000);
        boolean exists = point <= Character.MAX_CODE_POINT && !(point >= 0xD800 && point <= 0xDFFF);
        return shortest && exists ? length : 0;
    }

    /** The length of an escape, or 0 where its character must not be; the parser looks at all else. */
    private static int escape(byte[] bytes, int at) {
        if (at + 1 >= bytes.length || bytes[at + 1] != 'u') {
            return 2;
        }
        int unit = unit(bytes, at);
        if (unit <= 0 || Character.isLowSurrogate((char) unit)) {
            return 0;
        }
        if (!Character.isHighSurrogate((char) unit)) {
            return ESCAPE;
        }
        int second = at + ESCAPE;
        boolean pair = second + 1 < bytes.length && bytes[second] == '\\' && bytes[second + 1] == 'u';
        int low = pair ? unit(bytes, second) : -1;
        return low > 0 && Character.isLowSurrogate((char) low) ? 2 * ESCAPE : 0;
    }

    /** The value of the four digits, or -1. */
    private static int unit(byte[] bytes, int escape) {
        if (escape + ESCAPE > bytes.length) {
            return -1;
        }
        int value = 0;
        for (int i = escape + 2; i < escape + ESCAPE; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
