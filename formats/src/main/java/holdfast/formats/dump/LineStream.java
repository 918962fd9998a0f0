package holdfast.formats.dump;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a stream of bytes. A line ends with a line feed; a carriage return is a part of it. */
final class LineStream implements Closeable {
    private static final int LONGEST = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 18];
    private int from;
    private int end;
    private long place;

    LineStream(InputStream in) {
        this.in = in;
    }

    /** The next line; null at the end. */
    @Nullable
    TextLine next() throws IOException {
        int stop = lineEnd();
        if (stop < 0) {
            return null;
        }
        TextLine line = new TextLine(place, Arrays.copyOfRange(buffer, from, stop));
        place += stop - from + 1;
        from = stop + 1;
        return line;
    }

    private int lineEnd() throws IOException {
        int at = from;
        while (true) {
            for (; at < end; at++) {
                if (buffer[at] == '\n') {
                    return at;
                }
            }
            if (end - from > LONGEST) {
                throw new BadRow(place, "the line is longer than any row", "is this a dump? take it again");
            }
            at -= from;
            if (!fill()) {
                if (end > from) {
                    throw new BadRow(place, "the file breaks off within this line", "take the dump again");
                }
                return -1;
            }
        }
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, end - from);
        end -= from;
        from = 0;
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
