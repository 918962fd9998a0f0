package holdfast.formats.dump;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One line of a dump, without its end.
 *
 * @param place how many bytes of the file stand before it
 * @param bytes UTF-8
 * @param pathLength how many bytes stand before the first tab; kept, since sorting asks for it again and again
 */
@SuppressWarnings("ArrayRecordComponent") // Lines are never compared with equals; millions of them pass by.
public record TextLine(long place, byte[] bytes, int pathLength) {
    private static final char REPLACED = '\uFFFD';

    public TextLine(long place, byte[] bytes) {
        this(place, bytes, pathLength(bytes));
    }

    /** @throws BadRow when the bytes are no UTF-8 */
    public String text() {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // Decoding replaces what is no UTF-8, so only a text with that sign in it is looked at again.
        if (text.indexOf(REPLACED) >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException bad) {
                throw new BadRow(
                        place, "the line is no UTF-8", "write the dump in UTF-8; other names are no paths here");
            }
        }
        return text;
    }

    /** The bytes of the path: all before the first tab. */
    public byte[] path() {
        return Arrays.copyOf(bytes, pathLength);
    }

    private static int pathLength(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\t') {
            end++;
        }
        return end;
    }
}
