package holdfast.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One line of comma-separated values (RFC 4180), without line breaks inside quotes. */
final class CsvLine {
    private CsvLine() {}

    /** The values of a line; empty when a quote is not closed or stands where none may. */
    static Optional<List<String>> split(String line) {
        List<String> values = new ArrayList<>();
        int at = 0;
        while (true) {
            int end = line.startsWith("\"", at) ? afterQuotes(line, at) : comma(line, at);
            if (end < 0 || (end < line.length() && line.charAt(end) != ',')) {
                return Optional.empty();
            }
            String value = line.substring(at, end);
            values.add(
                    value.startsWith("\"")
                            ? value.substring(1, value.length() - 1).replace("\"\"", "\"")
                            : value.strip());
            if (end == line.length()) {
                return Optional.of(values);
            }
            at = end + 1;
        }
    }

    private static int comma(String line, int from) {
        int comma = line.indexOf(',', from);
        return comma < 0 ? line.length() : comma;
    }

    private static int afterQuotes(String line, int from) {
        int at = from + 1;
        while (at < line.length()) {
            if (line.charAt(at) != '"') {
                at++;
            } else if (line.startsWith("\"\"", at)) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        return -1;
    }
}
