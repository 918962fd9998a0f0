package holdfast.evidence;

import holdfast.journal.BadEntry;
import holdfast.journal.Entry;
import holdfast.journal.Hash;
import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.journal.SignedHead;
import holdfast.vocabulary.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads what {@link EntryText} wrote, one entry after the other, and believes nothing: every entry is put together from its
 * parts, hashed again, and compared with the header and leaf that stand there.
 */
public final class EntryReader {
    private static final int MOST_LINES = 10_000_000;

    private final TextLines text;
    private final long first;
    private long next;
    private Optional<SignedHead> head = Optional.empty();
    private long stated;
    private boolean ended;

    /**
     * Begins to read.
     *
     * @param in UTF-8; never closed here
     * @throws BadEntry when this is no text of entries, or one of a newer form
     */
    public EntryReader(InputStream in) throws IOException {
        this.text = new TextLines(in);
        if (!line().equals(EntryText.BEGIN)) {
            throw new BadEntry("not a text that begins with '" + EntryText.BEGIN + "'");
        }
        this.first = number(after("first "));
        this.next = first;
        blank();
    }

    /**
     * An entry as it stands in the text.
     *
     * @param number as stated; nobody has checked it against the order
     * @param leaf computed from the entry's own bytes
     * @param line where it begins in the text
     */
    public record Read(long number, Entry entry, Hash leaf, long line) {}

    /** The number of the first entry, from 0. */
    public long first() {
        return first;
    }

    /** Whether the text holds as many entries as its end says; false before the end was reached. */
    public boolean isWhole() {
        return ended && stated == next - first;
    }

    /** The head that the text ends with; empty in a bundle, and before the end was reached. */
    public Optional<SignedHead> head() {
        return head;
    }

    /**
     * The next entry; empty at the text's end.
     *
     * @throws TextLines.CutOff when the text ends too early
     * @throws BadEntry when the entry's bytes do not give the root or the leaf that stand there
     */
    public Optional<Read> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        String line = line();
        if (line.startsWith("end ")) {
            end(number(line.substring(4)));
            return Optional.empty();
        }
        long at = text.number();
        try {
            Optional<Read> read = Optional.of(entry(line, at));
            next++;
            return read;
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new BadEntry("the entry at line " + at + " cannot be read: " + e.getMessage());
        }
    }

    private Read entry(String begin, long at) throws IOException {
        StringBuilder header = new StringBuilder(begin).append('\n');
        UUID id = UUID.fromString(keep(header, "id "));
        long micros = number(keep(header, "at "));
        Actor actor = new Actor(keep(header, "actor "));
        String kind = keep(header, "kind ");
        int version = Math.toIntExact(number(keep(header, "version ")));
        long count = number(keep(header, "count "));
        keep(header, "lines ");
        Entry.Seed seed = seed(after("seed "));
        List<Line> lines = lines(count);
        Entry entry = new Entry(id, Micros.instant(micros), actor, kind, version, lines, seed);
        byte[] canonical = entry.header();
        if (!new String(canonical, StandardCharsets.UTF_8).contentEquals(header)) {
            throw new BadEntry("the entry at line " + at + " does not give the header that stands there");
        }
        Hash leaf = Hash.leaf(canonical);
        return new Read(leafNumber(leaf, at), entry, leaf, at);
    }

    private Entry.Seed seed(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (!HexFormat.of().formatHex(bytes).equals(hex)) {
            throw new BadEntry("line " + text.number() + ": hex digits are written in lower case");
        }
        return new Entry.Seed(bytes);
    }

    private List<Line> lines(long count) throws IOException {
        if (count < 0 || count > MOST_LINES) {
            throw new BadEntry("line " + text.number() + ": an entry of " + count + " lines");
        }
        List<Line> lines = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            lines.add(Line.of(after("line ")));
        }
        return lines;
    }

    private long leafNumber(Hash leaf, long at) throws IOException {
        String stated = after("leaf ");
        int space = stated.indexOf(' ');
        if (space < 0 || !stated.substring(space + 1).equals(leaf.hex())) {
            throw new BadEntry("the entry at line " + at + " gives the leaf " + leaf + ", not '" + stated + "'");
        }
        blank();
        return number(stated.substring(0, space));
    }

    private void end(long count) throws IOException {
        ended = true;
        stated = count;
        Optional<String> last = text.next();
        head = last.map(SignedHead::parse);
        if (last.isPresent() && text.next().isPresent()) {
            throw new BadEntry("line " + text.number() + ": text after the end");
        }
    }

    private String keep(StringBuilder header, String word) throws IOException {
        String value = after(word);
        header.append(word).append(value).append('\n');
        return value;
    }

    private String after(String word) throws IOException {
        String line = line();
        if (!line.startsWith(word)) {
            throw new BadEntry("line " + text.number() + " should begin with '" + word.strip() + "': " + shown(line));
        }
        return line.substring(word.length());
    }

    private void blank() throws IOException {
        String line = line();
        if (!line.isEmpty()) {
            throw new BadEntry("line " + text.number() + " should be empty: " + shown(line));
        }
    }

    private String line() throws IOException {
        Optional<String> line = text.next();
        return line.orElseThrow(() -> new TextLines.CutOff("the text ends after line " + text.number()));
    }

    private long number(String digits) {
        try {
            long number = Long.parseLong(digits);
            if (Long.toString(number).equals(digits)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number in a second spelling.
        }
        throw new BadEntry("line " + text.number() + ": '" + shown(digits) + "' is no number");
    }

    private static String shown(String line) {
        return line.length() <= 80 ? line : line.substring(0, 80) + "...";
    }
}
