package holdfast.formats.dump;

import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.StorageName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The first line of a dump.
 *
 * @param at the moment of the catalogue's snapshot, or at which the listing began
 */
public record DumpHeader(DumpKind kind, StorageName element, Instant at, Order order) {
    private static final String VERSION = "1";

    /** In which order the rows stand. */
    public enum Order {
        /** As {@code StoragePath.BY_FILE} says: by the path of the file's first writing. */
        SORTED,
        UNSORTED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The line, without its end. */
    public String line() {
        return "#" + kind.label() + " " + VERSION + "\t" + element + "\t" + at + "\t" + order.label();
    }

    /**
     * Reads a header.
     *
     * @throws BadRow when it is none, or not of this kind
     */
    public static DumpHeader read(String line, DumpKind kind) {
        String wanted = "#" + kind.label() + " " + VERSION;
        List<String> fields = List.of(line.split("\t", -1));
        if (!fields.getFirst().equals(wanted)) {
            throw new BadRow(0, "the file does not begin with '" + wanted + "'", hint(line, kind));
        }
        if (fields.size() != 4) {
            throw new BadRow(0, "the header has " + fields.size() + " fields instead of 4", form(kind));
        }
        try {
            return new DumpHeader(
                    kind, new StorageName(fields.get(1)), Instant.parse(fields.get(2)), order(fields.get(3)));
        } catch (BadWord | DateTimeException bad) {
            throw new BadRow(0, "the header says what is none: " + bad.getMessage(), form(kind));
        }
    }

    private static Order order(String text) {
        for (Order order : Order.values()) {
            if (order.label().equals(text)) {
                return order;
            }
        }
        throw new BadWord("order", text, "sorted or unsorted");
    }

    private static String hint(String line, DumpKind kind) {
        for (DumpKind other : DumpKind.values()) {
            if (other != kind && line.startsWith("#" + other.label())) {
                return "it is a " + other.label() + ": give each file to the option that names its kind";
            }
        }
        return form(kind);
    }

    private static String form(DumpKind kind) {
        return "write #" + kind.label() + " " + VERSION + ", the element, the moment such as 2026-11-22T06:00:00Z, and"
                + " sorted or unsorted, with tabs between";
    }
}
