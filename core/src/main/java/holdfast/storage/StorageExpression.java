package holdfast.storage;

import holdfast.vocabulary.StorageName;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Storage elements by their attributes, as the field's RSE expressions name them: {@code tier=2&disk\SITE-A}. There is no
 * precedence: what stands further left is done first, and parentheses group.
 */
public sealed interface StorageExpression {

    /** Every element. */
    record All() implements StorageExpression {}

    /** An element of this name, or elements on which an attribute of this name is true. */
    record Named(String name) implements StorageExpression {}

    /** Elements whose attribute compares so. */
    record Compared(String attribute, Comparison comparison, String value) implements StorageExpression {}

    /** Two sets, put together. */
    record Combined(StorageExpression left, Combination combination, StorageExpression right)
            implements StorageExpression {}

    /** Smaller and larger compare numbers; an element whose value is no number is passed over. */
    enum Comparison {
        EQUAL,
        LESS,
        GREATER
    }

    /** How two sets are put together. */
    enum Combination {
        UNION,
        INTERSECTION,
        COMPLEMENT
    }

    /** An expression that is not understood, or that no element answers to; the messages are those of the field's server. */
    final class BadExpression extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        BadExpression(String message) {
            super(message);
        }
    }

    /** @throws BadExpression when parentheses do not fit, or the text is no expression */
    static StorageExpression parse(String text) {
        return new ExpressionReader(text).read();
    }

    /**
     * The elements that answer, in the order of the map.
     *
     * @param elements each element's attributes; that of its own name needs not be among them
     * @throws BadExpression when there is none
     */
    default Set<StorageName> among(Map<StorageName, Map<String, String>> elements) {
        Set<StorageName> found = matching(elements);
        if (found.isEmpty()) {
            throw new BadExpression("RSE Expression resulted in an empty set.");
        }
        return found;
    }

    /** As {@link #among}, with none as a fine answer. */
    default Set<StorageName> matching(Map<StorageName, Map<String, String>> elements) {
        return switch (this) {
            case All all -> new LinkedHashSet<>(elements.keySet());
            case Named named -> those(elements, named);
            case Compared compared -> those(elements, compared);
            case Combined combined -> combined(combined, elements);
        };
    }

    private static Set<StorageName> combined(Combined combined, Map<StorageName, Map<String, String>> elements) {
        Set<StorageName> left = combined.left.matching(elements);
        Set<StorageName> right = combined.right.matching(elements);
        switch (combined.combination) {
            case UNION -> left.addAll(right);
            case INTERSECTION -> left.retainAll(right);
            case COMPLEMENT -> left.removeAll(right);
        }
        return left;
    }

    private static Set<StorageName> those(
            Map<StorageName, Map<String, String>> elements, StorageExpression expression) {
        Set<StorageName> those = new LinkedHashSet<>();
        elements.forEach((name, attributes) -> {
            if (expression.answers(name, attributes)) {
                those.add(name);
            }
        });
        return those;
    }

    private boolean answers(StorageName name, Map<String, String> attributes) {
        return switch (this) {
            case Named named -> name.name().equals(named.name) || "true".equalsIgnoreCase(attributes.get(named.name));
            case Compared compared -> compares(compared, value(name, attributes, compared.attribute));
            case All all -> true;
            case Combined combined -> throw new IllegalStateException("a combination asks its parts");
        };
    }

    private static Optional<String> value(StorageName name, Map<String, String> attributes, String attribute) {
        return name.name().equals(attribute) ? Optional.of("true") : Optional.ofNullable(attributes.get(attribute));
    }

    private static boolean compares(Compared compared, Optional<String> value) {
        return switch (compared.comparison) {
            case EQUAL -> value.filter(v -> isEqual(v, compared.value)).isPresent();
            case LESS -> difference(value, compared.value).filter(d -> d < 0).isPresent();
            case GREATER -> difference(value, compared.value).filter(d -> d > 0).isPresent();
        };
    }

    private static boolean isEqual(String value, String wanted) {
        boolean truth = wanted.equalsIgnoreCase("true") || wanted.equalsIgnoreCase("false");
        return truth ? value.equalsIgnoreCase(wanted) : value.equals(wanted);
    }

    /** -1, 0 or 1; empty where one of the two is no number. */
    private static Optional<Integer> difference(Optional<String> value, String wanted) {
        try {
            return value.map(Double::parseDouble).map(v -> Double.compare(v, Double.parseDouble(wanted)));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
