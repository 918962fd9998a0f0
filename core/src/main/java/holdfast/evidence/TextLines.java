package holdfast.evidence;

import holdfast.journal.BadEntry;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8 text from bytes that nobody vouches for: ended by a line feed and nothing else, and of bounded length. */
final class TextLines {
    /** The longest line, in bytes: room for a plan's whole text on one. */
    static final int LONGEST = 16 << 20;

    private final BufferedInputStream in;
    private long number;

    TextLines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The number of the line read last, from 1. */
    long number() {
        return number;
    }

    /**
     * The next line without its end; empty at the end of the text.
     *
     * @throws CutOff when the text ends within a line
     * @throws BadEntry for bytes that are no UTF-8, and for a line too long
     */
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        number++;
        for (; b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new CutOff("the text ends within line " + number);
            }
            if (line.size() == LONGEST) {
                throw new BadEntry("line " + number + " is longer than " + LONGEST + " bytes");
            }
            line.write(b);
        }
        return Optional.of(decode(line.toByteArray()));
    }

    private String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadEntry("line " + number + " is no UTF-8 text");
        }
    }

    /** The text ends before it says that it does. */
    static final class CutOff extends IOException {
        private static final long serialVersionUID = 1;

        CutOff(String what) {
            super(what);
        }
    }
}
