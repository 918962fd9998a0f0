package holdfast.evidence;

import holdfast.journal.Entry;
import holdfast.journal.Hash;
import holdfast.journal.Line;
import holdfast.journal.SignedHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Entries as text outside the database: what a segment and a bundle hold (decision 0010). Each entry's canonical header
 * stands there byte for byte, so that a stranger can hash what he sees.
 *
 * <pre>
 * holdfast-entries 1
 * first 0
 *
 * holdfast-entry 1        the header of decision 0002, eight lines
 * ...
 * lines ROOT
 * seed 64 hex digits
 * line TEXT               one for each line of the entry
 * leaf NUMBER HASH        the entry's number from 0, and its leaf
 *
 * end COUNT
 * holdfast-head 1 ...     in a segment: the head signed when it was closed
 * </pre>
 */
public final class EntryText {
    static final String BEGIN = "holdfast-entries 1";

    private final Appendable out;
    private final long first;
    private long next;

    /**
     * Begins a text.
     *
     * @param out takes UTF-8 text; never closed here
     * @param first the number of the first entry, from 0
     */
    public EntryText(Appendable out, long first) throws IOException {
        this.out = out;
        this.first = first;
        this.next = first;
        out.append(BEGIN + "\nfirst " + first + "\n\n");
    }

    /** Writes the next entry; its leaf, for those who go on computing. */
    public Hash write(Entry entry) throws IOException {
        byte[] header = entry.header();
        Hash leaf = Hash.leaf(header);
        out.append(new String(header, StandardCharsets.UTF_8));
        out.append("seed ")
                .append(HexFormat.of().formatHex(entry.seed().bytes()))
                .append('\n');
        for (Line line : entry.lines()) {
            out.append("line ").append(line.text()).append('\n');
        }
        out.append("leaf " + next++ + " " + leaf + "\n\n");
        return leaf;
    }

    /** Says that all is written. */
    public void end() throws IOException {
        out.append("end " + (next - first) + "\n");
    }

    /** Says that all is written, under a head that covers it. */
    public void end(SignedHead head) throws IOException {
        end();
        out.append(head.text()).append('\n');
    }
}
