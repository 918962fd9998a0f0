package holdfast.formats.rucio;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The lines of one file of a dump as rows: one JSON object a line, ended by a line feed; empty lines are passed over. */
public final class DumpRows implements Iterator<Row>, Closeable {
    static final String AGAIN = "take the dump again, as docs/reference/adopt-dump.md says";
    private static final int LONGEST = 8 << 20;

    private final InputStream in;
    private final String name;
    private final OptionalLong stated;
    private byte[] buffer = new byte[1 << 18];
    private int from;
    private int end;
    private long line;
    private long rows;
    private @Nullable Row next;

    private DumpRows(InputStream in, String name, OptionalLong stated) {
        this.in = in;
        this.name = name;
        this.stated = stated;
    }

    /**
     * @param stated how many rows the dump says this file has
     * @throws BadSource when the first line is no row
     */
    static DumpRows open(Path file, OptionalLong stated) throws IOException {
        DumpRows rows = new DumpRows(Files.newInputStream(file), file.toString(), stated);
        try {
            rows.next = rows.read();
            return rows;
        } catch (IOException | RuntimeException bad) {
            rows.close();
            throw bad;
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    /** @throws BadSource when the line after it is no row; with file, line and remedy */
    @Override
    public Row next() {
        Row row = next;
        if (row == null) {
            throw new NoSuchElementException();
        }
        try {
            next = read();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return row;
    }

    private @Nullable Row read() throws IOException {
        while (true) {
            int stop = lineEnd();
            if (stop < 0) {
                checkNumber();
                return null;
            }
            int begin = from;
            line++;
            from = stop + 1;
            if (stop > begin) {
                rows++;
                byte[] bytes = Arrays.copyOfRange(buffer, begin, stop);
                return RowReader.row(bytes, bytes.length, new Place(name, line, AGAIN));
            }
        }
    }

    private void checkNumber() {
        if (stated.isPresent() && stated.getAsLong() != rows) {
            throw new Place(name, 0, AGAIN)
                    .bad("it has %d rows, and %s says %d".formatted(rows, RucioDump.COUNTS, stated.getAsLong()));
        }
    }

    private int lineEnd() throws IOException {
        int at = from;
        while (true) {
            for (; at < end; at++) {
                if (buffer[at] == '\n') {
                    return at;
                }
            }
            at -= from;
            if (!fill()) {
                if (end > from) {
                    throw new Place(name, line + 1, AGAIN).bad("the file breaks off within this line");
                }
                return -1;
            }
        }
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, end - from);
        end -= from;
        from = 0;
        if (end == buffer.length) {
            if (end >= LONGEST) {
                throw new Place(name, line + 1, AGAIN).bad("the line is longer than any row");
            }
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
