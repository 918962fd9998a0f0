package holdfast.storage;

import holdfast.storage.StorageExpression.BadExpression;
import holdfast.storage.StorageExpression.Combination;
import holdfast.storage.StorageExpression.Combined;
import holdfast.storage.StorageExpression.Compared;
import holdfast.storage.StorageExpression.Comparison;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a storage expression:
 *
 * <pre>
 * expression := primitive (('|' | '&amp;' | '\') primitive)*
 * primitive  := '('* (attribute | name | '*') ')'*
 * attribute  := [A-Za-z0-9._-]+ ('=' | '&lt;' | '&gt;') [A-Za-z0-9_-]+
 * name       := [A-Za-z0-9]+ ([_-] [A-Za-z0-9]+)*
 * </pre>
 */
final class ExpressionReader {
    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Za-z0-9._-]+)([=<>])([A-Za-z0-9_-]+)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*");
    private static final int LONGEST = 3_000;

    private final String text;
    private int at;

    ExpressionReader(String text) {
        this.text = text;
    }

    StorageExpression read() {
        if (text.length() > LONGEST) {
            throw new BadExpression("RSE Expression is longer than " + LONGEST + " characters.");
        }
        checkParentheses();
        StorageExpression whole = expression();
        if (at < text.length()) {
            throw notOne();
        }
        return whole;
    }

    private void checkParentheses() {
        int open = 0;
        for (int i = 0; i < text.length() && open >= 0; i++) {
            open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
        }
        if (open != 0) {
            throw new BadExpression("Problem with parentheses.");
        }
    }

    private StorageExpression expression() {
        StorageExpression left = primitive();
        while (at < text.length() && text.charAt(at) != ')') {
            Combination combination = switch (text.charAt(at)) {
                case '|' -> Combination.UNION;
                case '&' -> Combination.INTERSECTION;
                case '\\' -> Combination.COMPLEMENT;
                default -> throw notOne();
            };
            at++;
            left = new Combined(left, combination, primitive());
        }
        return left;
    }

    private StorageExpression primitive() {
        if (at < text.length() && text.charAt(at) == '(') {
            at++;
            StorageExpression inner = expression();
            if (at >= text.length()) {
                throw notOne();
            }
            at++;
            return inner;
        }
        if (at < text.length() && text.charAt(at) == '*') {
            at++;
            return new StorageExpression.All();
        }
        return word();
    }

    private StorageExpression word() {
        Matcher attribute = ATTRIBUTE.matcher(text).region(at, text.length());
        if (attribute.lookingAt()) {
            at = attribute.end();
            Comparison comparison = switch (attribute.group(2)) {
                case "<" -> Comparison.LESS;
                case ">" -> Comparison.GREATER;
                default -> Comparison.EQUAL;
            };
            return new Compared(attribute.group(1), comparison, attribute.group(3));
        }
        Matcher name = NAME.matcher(text).region(at, text.length());
        if (!name.lookingAt()) {
            throw notOne();
        }
        at = name.end();
        return new StorageExpression.Named(name.group());
    }

    private static BadExpression notOne() {
        return new BadExpression("Expression does not comply to RSE Expression syntax");
    }
}
