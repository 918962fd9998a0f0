package holdfast.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads comma-separated values with a line of column names (RFC 4180), each line into a table by column. A value in quotes
 * may have line breaks; lines that begin with # say something of the file as a whole; an empty value says nothing.
 */
final class CsvItems {
    private static final String REMARK = "#";

    private final Shape shape;
    private final Set<String> lists;
    private final Findings findings;
    private final List<Item> rows = new ArrayList<>();
    private final List<Item.Field> remarks = new ArrayList<>();
    private List<String> columns = List.of();

    private CsvItems(Shape shape, Set<String> lists, Findings findings) {
        this.shape = shape;
        this.lists = lists;
        this.findings = findings;
    }

    /** What a file says: of itself, and in its lines. */
    record Read(Item.Table remarks, List<Item> rows) {}

    /**
     * Reads a file.
     *
     * @param shape the columns
     * @param lists columns whose values are several, between semicolons
     */
    static Read read(String text, Shape shape, Set<String> lists, Findings findings) {
        CsvItems csv = new CsvItems(shape, lists, findings);
        int number = 1;
        int from = 0;
        while (from < text.length()) {
            int end = end(text, from);
            String line = text.substring(from, end);
            csv.line(new Spot(number, 1), line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            number += 1 + (int) line.chars().filter(c -> c == '\n').count();
            from = end + 1;
        }
        if (csv.columns.isEmpty()) {
            findings.add(
                    new Spot(1, 1), "there is no line of column names", "write " + String.join(",", shape.names()));
        }
        return new Read(new Item.Table(new Spot(1, 1), csv.remarks), csv.rows);
    }

    /** The next line break that stands in no quotes; a quote opens only where a value begins. */
    private static int end(String text, int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && (quoted || i == from || text.charAt(i - 1) == ',')) {
                quoted = !quoted;
            } else if (c == '"' && text.charAt(i - 1) == '"') {
                // The second half of a doubled quote: the value goes on.
                quoted = true;
            } else if (c == '\n' && !quoted) {
                return i;
            }
        }
        return text.length();
    }

    private void line(Spot at, String line) {
        if (line.isBlank()) {
            return;
        }
        if (line.startsWith(REMARK)) {
            remark(at, line.substring(1).strip());
            return;
        }
        Optional<List<String>> values = CsvLine.split(line);
        if (values.isEmpty()) {
            findings.add(at, "a quote is not closed, or text follows it", "double a quote that is part of a value");
        } else if (columns.isEmpty()) {
            columns(at, values.get());
        } else if (values.get().size() != columns.size()) {
            findings.add(
                    at,
                    "the line has %d values for %d columns"
                            .formatted(values.get().size(), columns.size()),
                    "put a value with a comma into quotes");
        } else {
            row(at, values.get());
        }
    }

    private void remark(Spot at, String text) {
        int colon = text.indexOf(':');
        if (colon > 0) {
            remarks.add(new Item.Field(
                    new Item.Word(at, text.substring(0, colon).strip(), true),
                    new Item.Word(at, text.substring(colon + 1).strip(), true)));
        }
    }

    private void columns(Spot at, List<String> names) {
        columns = names.stream().map(n -> n.strip().toLowerCase(Locale.ROOT)).toList();
        Set<String> seen = new HashSet<>();
        for (String name : columns) {
            if (!shape.names().contains(name)) {
                findings.unknown(at, "column", name, shape.names());
            } else if (!seen.add(name)) {
                findings.add(at, "the column '" + name + "' stands here twice", "keep one of them");
            }
        }
        shape.keys().stream()
                .filter(k -> k.required() && !columns.contains(k.name()))
                .forEach(k -> findings.add(at, "the column '" + k.name() + "' is missing", "it says " + k.says()));
    }

    private void row(Spot at, List<String> values) {
        List<Item.Field> fields = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i).strip();
            if (!value.isEmpty()) {
                fields.add(new Item.Field(new Item.Word(at, columns.get(i), true), value(at, columns.get(i), value)));
            }
        }
        rows.add(new Item.Table(at, fields));
    }

    private Item value(Spot at, String column, String value) {
        if (!lists.contains(column)) {
            return new Item.Word(at, value, true);
        }
        return new Item.Rows(
                at,
                Arrays.stream(value.split(";", -1))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .<Item>map(one -> new Item.Word(at, one, true))
                        .toList());
    }
}
