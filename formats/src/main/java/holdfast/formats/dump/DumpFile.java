package holdfast.formats.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A dump that is being read: its header, then its rows as lines, then an end line with their number. */
public final class DumpFile implements Lines {
    private static final byte[] END = (DumpWriter.END + "\t").getBytes(StandardCharsets.US_ASCII);
    private static final String AGAIN = "take the dump again";

    private final LineStream lines;
    private final DumpHeader header;
    private @Nullable TextLine next;
    private long rows;

    private DumpFile(LineStream lines, DumpHeader header) throws IOException {
        this.lines = lines;
        this.header = header;
        next = row();
    }

    /** Opens a dump and reads its header; throws {@link BadRow} when it is none of this kind. */
    static DumpFile open(Path file, DumpKind kind) throws IOException {
        LineStream lines = new LineStream(Files.newInputStream(file));
        try {
            TextLine first = lines.next();
            if (first == null) {
                throw new BadRow(0, "the file is empty", AGAIN);
            }
            return new DumpFile(lines, DumpHeader.read(first.text(), kind));
        } catch (IOException | RuntimeException bad) {
            lines.close();
            throw bad;
        }
    }

    /**
     * Reads a whole dump and throws away its rows.
     *
     * @return how many rows it has
     * @throws BadDump when the file is no whole dump of this kind; with file, line and remedy
     */
    public static long check(Path file, DumpKind kind) throws IOException {
        try (DumpFile dump = open(file, kind)) {
            while (dump.hasNext()) {
                TextLine line = dump.next();
                switch (kind) {
                    case CATALOGUE -> DumpText.recorded(line);
                    case LISTING -> DumpText.listed(line);
                }
            }
            return dump.rows;
        } catch (BadRow bad) {
            throw explain(file.toString(), bad, Files.newInputStream(file));
        }
    }

    /**
     * Says what is wrong with file, line and remedy.
     *
     * @param bytes the file from its beginning; read to the place of the error and closed
     */
    public static BadDump explain(String file, BadRow bad, InputStream bytes) throws IOException {
        try (bytes) {
            long first = Math.max(bad.earlier(), 0);
            long earlier = 1 + lineFeeds(bytes, first);
            long line = earlier + lineFeeds(bytes, bad.place() - first);
            String why = bad.earlier() < 0 ? "" : " (see line " + earlier + ")";
            return new BadDump(file + ":" + line + ": " + bad.getMessage() + why + " (" + bad.hint() + ")");
        }
    }

    DumpHeader header() {
        return header;
    }

    /** Whether a line is an end line; no row has as few fields. */
    public static boolean isEnd(byte[] line) {
        if (line.length < END.length || !java.util.Arrays.equals(line, 0, END.length, END, 0, END.length)) {
            return false;
        }
        for (int i = END.length; i < line.length; i++) {
            if (line[i] == '\t') {
                return false;
            }
        }
        return true;
    }

    /** Compares the number of rows with what the end line says of it. */
    public static void checkEnd(TextLine end, long rows) {
        String stated = end.text().substring(END.length);
        if (!stated.equals(Long.toString(rows))) {
            throw new BadRow(
                    end.place(), "the end line speaks of " + stated + " rows, and " + rows + " stand above it", AGAIN);
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public TextLine next() {
        TextLine line = next;
        if (line == null) {
            throw new NoSuchElementException("the dump has no more rows");
        }
        rows++;
        try {
            next = row();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return line;
    }

    private @Nullable TextLine row() throws IOException {
        TextLine line = lines.next();
        if (line == null) {
            throw new BadRow(Long.MAX_VALUE, "the dump has no end line: it was cut off", AGAIN);
        }
        if (!isEnd(line.bytes())) {
            return line;
        }
        checkEnd(line, rows);
        TextLine more = lines.next();
        if (more != null) {
            throw new BadRow(more.place(), "a line stands behind the end line", "end the file with its end line");
        }
        return null;
    }

    private static long lineFeeds(InputStream bytes, long most) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long found = 0;
        long left = most;
        while (left > 0) {
            int read = bytes.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                break;
            }
            for (int i = 0; i < read; i++) {
                found += buffer[i] == '\n' ? 1 : 0;
            }
            left -= read;
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
