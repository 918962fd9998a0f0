package holdfast.journal;

import holdfast.vocabulary.CodePoints;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of a fact's manifest: one or more fields of text, written for ever as UTF-8 joined by tabs, in which {@code \},
 * tab, line feed, carriage return and U+0000 stand as {@code \\}, {@code \t}, {@code \n}, {@code \r} and {@code \0}, and
 * an absent field as {@code \-} (decision 0002). A line has one spelling only; any other is refused.
 */
public record Line(List<Optional<String>> fields) {
    private static final String ABSENT = "\\-";

    public Line {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new BadEntry("a line has at least one field; this one has none");
        }
        for (Optional<String> field : fields) {
            if (!CodePoints.areWhole(field.orElse(""))) {
                throw new BadEntry("a field holds half a surrogate pair, which UTF-8 cannot carry: " + field.get());
            }
        }
    }

    /** Reads the text that {@link #text} writes. */
    public static Line of(String text) {
        List<Optional<String>> fields = new ArrayList<>();
        for (String field : text.split("\t", -1)) {
            fields.add(field.equals(ABSENT) ? Optional.empty() : Optional.of(unescape(field)));
        }
        return new Line(fields);
    }

    /** The line as text, without an end of line. */
    public String text() {
        StringBuilder text = new StringBuilder(160);
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                text.append('\t');
            }
            fields.get(i).ifPresentOrElse(field -> escape(field, text), () -> text.append(ABSENT));
        }
        return text.toString();
    }

    public byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a line field by field. */
    public static final class Writer {
        private final List<Optional<String>> fields = new ArrayList<>();

        public Writer put(Object value) {
            fields.add(Optional.of(value.toString()));
            return this;
        }

        public Writer put(Optional<?> value) {
            fields.add(value.map(Object::toString));
            return this;
        }

        /** An instant as microseconds since 1970 UTC. */
        public Writer time(Instant value) {
            return put(Micros.of(value));
        }

        public Writer time(Optional<Instant> value) {
            return put(value.map(Micros::of));
        }

        public Line line() {
            return new Line(fields);
        }
    }

    /** Reads a line field by field; a line of another shape is a fault of the journal, told with its text. */
    public static final class Reader {
        private final Line line;
        private int next;

        public Reader(Line line) {
            this.line = line;
        }

        public Optional<String> maybe() {
            if (next >= line.fields.size()) {
                throw new BadEntry("a line ends after " + next + " fields: " + line.text());
            }
            return line.fields.get(next++);
        }

        public String text() {
            return maybe().orElseThrow(() -> new BadEntry("field " + next + " is absent in the line: " + line.text()));
        }

        public long number() {
            return number(text());
        }

        public Instant time() {
            return Micros.instant(number());
        }

        public Optional<Instant> maybeTime() {
            return maybe().map(this::number).map(Micros::instant);
        }

        public boolean hasMore() {
            return next < line.fields.size();
        }

        private long number(String field) {
            try {
                return Long.parseLong(field);
            } catch (NumberFormatException e) {
                throw new BadEntry("field " + next + " is not a number in the line: " + line.text());
            }
        }
    }

    private static void escape(String field, StringBuilder text) {
        int plain = plain(field);
        text.append(field, 0, plain);
        for (int i = plain; i < field.length(); i++) {
            char c = field.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\0' -> text.append("\\0");
                default -> text.append(c);
            }
        }
    }

    /** How many characters at the begin stand as they are: nearly always all. */
    private static int plain(String field) {
        int length = field.length();
        for (int i = 0; i < length; i++) {
            char c = field.charAt(i);
            if (c == '\\' || c <= '\r' && (c == '\t' || c == '\n' || c == '\r' || c == '\0')) {
                return i;
            }
        }
        return length;
    }

    private static String unescape(String field) {
        if (field.chars().anyMatch(c -> c == '\n' || c == '\r' || c == '\0')) {
            throw new BadEntry("a line end or U+0000 stands unescaped in a field: " + field);
        }
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder text = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            if (++i == field.length()) {
                throw new BadEntry("a field ends in a lone backslash: " + field);
            }
            text.append(
                    switch (field.charAt(i)) {
                        case '\\' -> '\\';
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case '0' -> '\0';
                        default -> throw new BadEntry("unknown escape in a field: " + field);
                    });
        }
        return text.toString();
    }
}
