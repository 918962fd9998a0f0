package holdfast.catalog;

import holdfast.catalog.DidFilter.BadFilter;
import holdfast.catalog.DidFilter.BadFilter.Kind;
import holdfast.catalog.DidFilter.Condition;
import holdfast.catalog.DidFilter.Group;
import holdfast.catalog.DidFilter.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads filters in their two forms. */
final class FilterReader {
    private static final Pattern SIGN = Pattern.compile("<=|>=|==|!=|>|<|=");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.\\-]+");

    private record Named(String key, Operator operator) {}

    private FilterReader() {}

    static DidFilter text(String text) {
        List<Group> groups = new ArrayList<>();
        for (String group : text.split(";", -1)) {
            List<Condition> conditions = new ArrayList<>();
            for (String term : group.split(",", -1)) {
                conditions.addAll(term(term));
            }
            groups.add(checked(conditions));
        }
        return new DidFilter(groups);
    }

    private static List<Condition> term(String term) {
        List<String> words = new ArrayList<>();
        List<Operator> signs = new ArrayList<>();
        Matcher sign = SIGN.matcher(term);
        int from = 0;
        while (sign.find()) {
            words.add(term.substring(from, sign.start()).strip());
            signs.add(operator(sign.group()));
            from = sign.end();
        }
        words.add(term.substring(from).strip());
        if (words.stream().anyMatch(String::isEmpty)) {
            throw syntax("'" + term.strip() + "' is no condition; write key=value or low<key<high");
        }
        return switch (signs.size()) {
            case 1 -> List.of(condition(words.get(0), signs.get(0), words.get(1)));
            case 2 -> between(term, words, signs);
            default -> throw syntax("'" + term.strip() + "' has " + signs.size() + " operators; one or two are right");
        };
    }

    private static List<Condition> between(String term, List<String> words, List<Operator> signs) {
        if (signs.stream().anyMatch(Operator::takesWildcards)) {
            throw syntax("'" + term.strip() + "' has a value on both sides; only <, <=, > and >= may stand so");
        }
        return List.of(
                condition(words.get(1), signs.get(0).turned(), words.get(0)),
                condition(words.get(1), signs.get(1), words.get(2)));
    }

    private static Operator operator(String sign) {
        if (sign.equals("==")) {
            return Operator.EQUAL;
        }
        for (Operator operator : Operator.values()) {
            if (operator.sign().equals(sign)) {
                return operator;
            }
        }
        throw new IllegalStateException("no operator is written " + sign);
    }

    private static Condition condition(String key, Operator operator, String value) {
        Named named = named(key);
        Operator meant = operator == Operator.EQUAL ? named.operator() : operator;
        return new Condition(named.key(), meant, FilterValue.of(value));
    }

    static DidFilter structure(List<? extends Map<String, ?>> groups) {
        List<Group> all = new ArrayList<>();
        for (Map<String, ?> group : groups) {
            List<Condition> conditions = new ArrayList<>();
            group.forEach((key, value) -> {
                Named named = named(key);
                if (value instanceof Map || value instanceof Iterable) {
                    throw syntax("the value of '" + key + "' must be a text, a number, True, False or None");
                }
                conditions.add(new Condition(named.key(), named.operator(), FilterValue.of(value)));
            });
            all.add(checked(conditions));
        }
        return new DidFilter(all.isEmpty() ? List.of(new Group(List.of())) : all);
    }

    /** A key may carry its operator behind a dot; two old names mean others. */
    private static Named named(String key) {
        if (!KEY.matcher(key).matches()) {
            throw syntax("'" + key + "' is no key; one is made of letters, digits, '_', '-' and '.'");
        }
        if (key.equals("created_after")) {
            return new Named("created_at", Operator.GREATER_OR_EQUAL);
        }
        if (key.equals("created_before")) {
            return new Named("created_at", Operator.LESS_OR_EQUAL);
        }
        for (Operator operator : Operator.values()) {
            String suffix = "." + operator.suffix();
            if (operator != Operator.EQUAL && key.endsWith(suffix) && key.length() > suffix.length()) {
                return new Named(key.substring(0, key.length() - suffix.length()), operator);
            }
        }
        return new Named(key, Operator.EQUAL);
    }

    private static Group checked(List<Condition> conditions) {
        Set<Named> seen = new HashSet<>();
        for (Condition condition : conditions) {
            check(condition);
            if (!seen.add(new Named(condition.key(), condition.operator()))) {
                throw new BadFilter(
                        Kind.DUPLICATE,
                        "'%s' stands twice with '%s' in one group"
                                .formatted(condition.key(), condition.operator().sign()));
            }
        }
        return new Group(conditions);
    }

    private static void check(Condition condition) {
        Operator operator = condition.operator();
        if (condition.value().hasWildcard() && !operator.takesWildcards()) {
            throw syntax("'*' and '%' can be compared with = and != only, not with " + operator.sign());
        }
        switch (condition.key()) {
            case "name", "did_type" -> {
                if (operator != Operator.EQUAL) {
                    throw syntax("'" + condition.key() + "' can be compared with = only");
                }
            }
            case "length" -> {
                if (condition.value().number().isEmpty()) {
                    throw syntax("'length' is compared with a whole number, not '"
                            + condition.value().text() + "'");
                }
            }
            default -> {}
        }
    }

    private static BadFilter syntax(String message) {
        return new BadFilter(Kind.SYNTAX, message);
    }
}
