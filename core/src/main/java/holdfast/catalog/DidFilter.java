package holdfast.catalog;

import java.util.List;
import java.util.Map;

/**
 * Which data identifiers somebody asks for: groups of conditions, of which one must hold whole.
 *
 * @param anyOf never empty; a group without conditions holds for everything
 */
public record DidFilter(List<Group> anyOf) {

    public DidFilter {
        anyOf = List.copyOf(anyOf);
    }

    /** Conditions that must all hold. */
    public record Group(List<Condition> conditions) {
        public Group {
            conditions = List.copyOf(conditions);
        }
    }

    /** @param key a column such as {@code name} or {@code created_at}, or a key of the free metadata */
    public record Condition(String key, Operator operator, FilterValue value) {}

    /** How a key and a value compare; the suffix stands behind the key in the structured form. */
    public enum Operator {
        EQUAL("", "="),
        NOT_EQUAL("ne", "!="),
        LESS("lt", "<"),
        LESS_OR_EQUAL("lte", "<="),
        GREATER("gt", ">"),
        GREATER_OR_EQUAL("gte", ">=");

        private final String suffix;
        private final String sign;

        Operator(String suffix, String sign) {
            this.suffix = suffix;
            this.sign = sign;
        }

        public String suffix() {
            return suffix;
        }

        public String sign() {
            return sign;
        }

        /** Whether the value may hold '*' and '%' for any characters. */
        boolean takesWildcards() {
            return this == EQUAL || this == NOT_EQUAL;
        }

        /** {@code 3 < key} is {@code key > 3}. */
        Operator turned() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
                case EQUAL -> EQUAL;
                case NOT_EQUAL -> NOT_EQUAL;
            };
        }
    }

    /** A filter that is not understood. */
    public static final class BadFilter extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final Kind kind;

        /** What is wrong; the field's client knows an exception for each. */
        public enum Kind {
            SYNTAX,
            /** One key stands twice with one operator in a group. */
            DUPLICATE
        }

        BadFilter(Kind kind, String message) {
            super(message);
            this.kind = kind;
        }

        public Kind kind() {
            return kind;
        }
    }

    /**
     * Reads the text form: {@code ;} is or, {@code ,} is and; {@code key op value} or {@code low < key <= high}.
     *
     * @throws BadFilter when it is none
     */
    public static DidFilter parse(String text) {
        return FilterReader.text(text);
    }

    /**
     * Reads the structured form: one map for each group; keys end in {@code .gte}, {@code .lte}, {@code .gt}, {@code .lt}
     * or {@code .ne}, and mean equality without one.
     *
     * @param groups values are texts, numbers, truths or null
     * @throws BadFilter when a key has an operator or a value that it does not take
     */
    public static DidFilter of(List<? extends Map<String, ?>> groups) {
        return FilterReader.structure(groups);
    }
}
