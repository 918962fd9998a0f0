package holdfast.formats;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value as Python prints it: texts in single or double quotes, numbers, True, False, None, lists, tuples (as lists)
 * and dictionaries with texts as keys. The field's client sends filters so. Nothing is evaluated.
 */
public final class PythonLiteral {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");
    private static final int DEEPEST = 100;

    private final String text;
    private int at;
    private int depth;

    /** A text that is no such value; the message says where. */
    public static final class BadLiteral extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        BadLiteral(String message) {
            super(message);
        }
    }

    private PythonLiteral(String text) {
        this.text = text;
    }

    /**
     * Reads one value.
     *
     * @return a String, BigDecimal, Boolean, List, Map or null
     * @throws BadLiteral when the text is none, or goes deeper than 100 levels
     */
    public static @Nullable Object read(String text) {
        PythonLiteral reader = new PythonLiteral(text);
        Object value = reader.value();
        reader.blanks();
        if (reader.at < text.length()) {
            throw reader.bad("nothing more");
        }
        return value;
    }

    private @Nullable Object value() {
        if (++depth > DEEPEST) {
            throw bad("fewer levels");
        }
        blanks();
        Object value = switch (peek()) {
            case '\'', '"' -> string();
            case '[' -> items(']');
            case '(' -> tuple();
            case '{' -> dictionary();
            default -> atom();
        };
        depth--;
        return value;
    }

    private @Nullable Object atom() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (number.lookingAt()) {
            at = number.end();
            return number(number.group());
        }
        Matcher word = WORD.matcher(text).region(at, text.length());
        if (!word.lookingAt()) {
            throw bad("a value");
        }
        int end = word.end();
        boolean prefix = end < text.length() && (text.charAt(end) == '\'' || text.charAt(end) == '"');
        if (prefix && word.group().equals("u")) {
            at = end;
            return string();
        }
        Object value = switch (word.group()) {
            case "True", "true" -> true;
            case "False", "false" -> false;
            case "None", "null" -> null;
            default -> throw bad("a value");
        };
        at = end;
        return value;
    }

    private static final int MOST_DIGITS = 400;
    private static final int MOST_POWER = 10_000;

    private Number number(String digits) {
        if (digits.length() > MOST_DIGITS) {
            throw bad("a shorter number");
        }
        BigDecimal value = new BigDecimal(digits);
        if (Math.abs((long) value.scale()) > MOST_POWER) {
            throw bad("a smaller power of ten");
        }
        return digits.matches("[+-]?\\d+") ? new BigInteger(digits.replace("+", "")) : value;
    }

    private List<@Nullable Object> tuple() {
        return items(')');
    }

    private List<@Nullable Object> items(char end) {
        at++;
        List<@Nullable Object> items = new ArrayList<>();
        while (!takes(end)) {
            items.add(value());
            if (!takes(',')) {
                must(end);
                return items;
            }
        }
        return items;
    }

    private Map<String, @Nullable Object> dictionary() {
        at++;
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (!takes('}')) {
            blanks();
            if (peek() != '\'' && peek() != '"') {
                throw bad("a key in quotes");
            }
            String key = string();
            must(':');
            map.put(key, value());
            if (!takes(',')) {
                must('}');
                return map;
            }
        }
        return map;
    }

    private String string() {
        char quote = text.charAt(at++);
        StringBuilder string = new StringBuilder();
        while (peek() != quote) {
            char c = text.charAt(at++);
            if (c == '\\') {
                escape(string);
            } else if (c == '\n') {
                throw bad("the end of the text");
            } else {
                string.append(c);
            }
        }
        at++;
        return string.toString();
    }

    private void escape(StringBuilder string) {
        char c = peek();
        at++;
        switch (c) {
            case '\\', '\'', '"' -> string.append(c);
            case 'n' -> string.append('\n');
            case 't' -> string.append('\t');
            case 'r' -> string.append('\r');
            case 'x' -> string.appendCodePoint(hex(2));
            case 'u' -> string.appendCodePoint(hex(4));
            case 'U' -> string.appendCodePoint(hex(8));
            default -> string.append('\\').append(c);
        }
    }

    private int hex(int digits) {
        if (at + digits > text.length()) {
            throw bad(digits + " hexadecimal digits");
        }
        int value = 0;
        for (int end = at + digits; at < end; at++) {
            int digit = Character.digit(text.charAt(at), 16);
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                throw bad(digits + " hexadecimal digits of a character");
            }
            value = value * 16 + digit;
        }
        boolean half = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
        if (value == 0 || half || !Character.isValidCodePoint(value)) {
            throw bad("a character");
        }
        return value;
    }

    private boolean takes(char c) {
        blanks();
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private void must(char c) {
        if (!takes(c)) {
            throw bad("'" + c + "'");
        }
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw bad("more");
        }
        return text.charAt(at);
    }

    private BadLiteral bad(String wanted) {
        return new BadLiteral("this is no Python literal: " + wanted + " expected at character " + (at + 1));
    }
}
