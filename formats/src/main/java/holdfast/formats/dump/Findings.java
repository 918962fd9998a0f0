package holdfast.formats.dump;

import holdfast.fixity.Discrepancy;
import holdfast.fixity.Discrepancy.Dark;
import holdfast.fixity.Discrepancy.Different;
import holdfast.fixity.Discrepancy.Missing;
import holdfast.fixity.ListedBytes;
import holdfast.fixity.RecordedCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes what a comparison found, in its order; a file without its end line is not whole. */
public final class Findings {
    private static final String NONE = DumpText.NONE;

    private final OutputStream out;
    private long written;

    /** Writes the header; the stream stays open, and is best buffered. */
    public Findings(OutputStream out, DumpHeader catalogue, DumpHeader listing) throws IOException {
        this.out = out;
        Instant recorded = catalogue.at();
        put("#holdfast-findings 1\t" + catalogue.element() + "\t" + recorded + "\t" + listing.at());
    }

    /** A discrepancy as its line: kind, path, bytes recorded and listed, checksums of both, state, name. */
    public static String line(Discrepancy found) {
        return switch (found) {
            case Missing(RecordedCopy c) ->
                fields("missing", c.path(), c.size(), NONE, DumpText.text(c.digests()), NONE, c.state(), c.id());
            case Dark(ListedBytes b) ->
                fields("dark", b.path(), NONE, b.size(), NONE, DumpText.text(b.digests()), NONE, NONE);
            case Different(RecordedCopy c, ListedBytes b) ->
                fields(
                        "different",
                        b.path(),
                        c.size(),
                        b.size(),
                        DumpText.text(c.digests()),
                        DumpText.text(b.digests()),
                        c.state(),
                        c.id());
        };
    }

    /** Writes a line that {@link #line} made. */
    public void write(String line) throws IOException {
        put(line);
        written++;
    }

    /** Says that all was written, and how much. */
    public void end() throws IOException {
        put(DumpWriter.END + "\t" + written);
        out.flush();
    }

    private static String fields(Object... fields) {
        StringBuilder line = new StringBuilder(160);
        for (Object field : fields) {
            line.append(line.isEmpty() ? "" : "\t").append(field);
        }
        return line.toString();
    }

    private void put(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
