package holdfast.formats.dump;

import holdfast.fixity.ListedBytes;
import holdfast.fixity.RecordedCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a dump as its rows come. Only {@link #end} makes it whole: a dump that broke off has no end line and is refused
 * by whoever reads it.
 */
public final class DumpWriter {
    static final String END = "#end";

    private final OutputStream out;
    private final DumpKind kind;
    private long rows;

    /** Writes the header; the stream stays open, and is best buffered. */
    public DumpWriter(OutputStream out, DumpHeader header) throws IOException {
        this.out = out;
        this.kind = header.kind();
        put(header.line());
    }

    public void write(RecordedCopy copy) throws IOException {
        row(DumpKind.CATALOGUE, DumpText.line(copy));
    }

    public void write(ListedBytes bytes) throws IOException {
        row(DumpKind.LISTING, DumpText.line(bytes));
    }

    /** Says that all rows were written, and how many. */
    public void end() throws IOException {
        put(END + "\t" + rows);
        out.flush();
    }

    /** How many rows were written so far. */
    public long rows() {
        return rows;
    }

    private void row(DumpKind of, String line) throws IOException {
        if (of != kind) {
            throw new IllegalArgumentException("a row of a " + of.label() + " does not belong into a " + kind.label());
        }
        put(line);
        rows++;
    }

    private void put(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
