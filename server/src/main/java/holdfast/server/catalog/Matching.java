package holdfast.server.catalog;

import holdfast.catalog.DidFilter.Condition;
import holdfast.catalog.DidFilter.Operator;
import holdfast.catalog.FilterValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Whether what is known under a key is what a condition asks for. */
final class Matching {
    private Matching() {}

    /** @param known a text, number, truth or date; null where nothing is known */
    static boolean holds(Condition condition, @Nullable Object known) {
        FilterValue asked = condition.value();
        Operator operator = condition.operator();
        if (known == null || asked.isNothing()) {
            boolean same = known == null && asked.isNothing();
            return operator == Operator.EQUAL ? same : operator == Operator.NOT_EQUAL && !same;
        }
        if (asked.hasWildcard()) {
            return isLike(asked.text(), known.toString()) == (operator == Operator.EQUAL);
        }
        OptionalInt order = order(known, asked);
        return order.isPresent() ? holds(operator, order.getAsInt()) : operator == Operator.NOT_EQUAL;
    }

    private static boolean holds(Operator operator, int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    /** Empty where the two cannot be compared. */
    private static OptionalInt order(Object known, FilterValue asked) {
        return switch (known) {
            case Instant at ->
                asked.date().map(date -> OptionalInt.of(at.compareTo(date))).orElse(OptionalInt.empty());
            case Number number ->
                asked.number()
                        .map(n -> OptionalInt.of(new BigDecimal(number.toString()).compareTo(n)))
                        .orElse(OptionalInt.empty());
            case Boolean truth ->
                asked.truth()
                        .or(() -> asked.number().map(n -> n.signum() != 0))
                        .map(t -> OptionalInt.of(Boolean.compare(truth, t)))
                        .orElse(OptionalInt.empty());
            default -> {
                BigDecimal number = number(known.toString());
                yield number != null && asked.number().isPresent()
                        ? OptionalInt.of(number.compareTo(asked.number().get()))
                        : OptionalInt.of(known.toString().compareTo(asked.text()));
            }
        };
    }

    private static @Nullable BigDecimal number(String text) {
        return new FilterValue(text, false).number().orElse(null);
    }

    /** What every text begins with that is like the pattern. */
    static String beginning(String pattern) {
        int end = 0;
        while (end < pattern.length() && !isWild(pattern.charAt(end))) {
            end++;
        }
        return pattern.substring(0, end);
    }

    private static boolean isWild(char c) {
        return c == '*' || c == '%';
    }

    /** Goes back to the last wildcard only, so that no pattern takes for ever. */
    static boolean isLike(String pattern, String text) {
        int at = 0;
        int in = 0;
        int wild = -1;
        int resume = 0;
        while (in < text.length()) {
            if (at < pattern.length() && isWild(pattern.charAt(at))) {
                wild = at++;
                resume = in;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(in)) {
                at++;
                in++;
            } else if (wild >= 0) {
                at = wild + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && isWild(pattern.charAt(at))) {
            at++;
        }
        return at == pattern.length();
    }
}
