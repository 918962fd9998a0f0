package holdfast.server.pages;

import java.util.List;

/**
 * Comma-separated values as RFC 4180 writes them: CRLF, quotes where needed and doubled within. A field that a
 * spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection); numbers are left as they are.
 */
final class Csv {
    private static final String STARTS_A_FORMULA = "=+-@\t\r";

    private final StringBuilder text = new StringBuilder();

    Csv row(Object... fields) {
        return row(List.of(fields));
    }

    Csv row(List<?> fields) {
        for (int i = 0; i < fields.size(); i++) {
            text.append(i == 0 ? "" : ",").append(field(fields.get(i)));
        }
        text.append("\r\n");
        return this;
    }

    String text() {
        return text.toString();
    }

    private static String field(Object value) {
        if (value instanceof Number) {
            return value.toString();
        }
        String plain = value.toString();
        boolean formula = !plain.isEmpty() && STARTS_A_FORMULA.indexOf(plain.charAt(0)) >= 0;
        String safe = formula ? "'" + plain : plain;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
