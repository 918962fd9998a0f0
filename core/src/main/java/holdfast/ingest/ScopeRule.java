package holdfast.ingest;

import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One rule that finds a name's scope: a test of the name and a template of the scope.
 *
 * @param begins the name begins with one of these; empty when the test is {@code matches}
 * @param matches the whole name fits this; empty when the test is {@code begins}
 * @param scope the scope, in which <code>{group}</code> stands for a named group of {@code matches}
 * @param ifKnown whether the rule holds only for scopes that exist already; otherwise the next rules are asked
 */
public record ScopeRule(List<String> begins, Optional<NamePattern> matches, String scope, boolean ifKnown) {
    /** A place in the template that a group of the expression fills. */
    public static final Pattern GROUP = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");

    public ScopeRule {
        begins = List.copyOf(begins);
    }

    Optional<Scope> scopeOf(String name, Predicate<Scope> known) {
        return filled(name).flatMap(ScopeRule::scope).filter(s -> !ifKnown || known.test(s));
    }

    private Optional<String> filled(String name) {
        if (matches.isEmpty()) {
            return begins.stream().anyMatch(name::startsWith) ? Optional.of(scope) : Optional.empty();
        }
        Matcher matcher = matches.get().pattern().matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(GROUP.matcher(scope).replaceAll(place -> {
            @Nullable String part = matcher.group(place.group(1));
            return part == null ? "" : Matcher.quoteReplacement(part);
        }));
    }

    /** Text from a name may be no scope at all; then no such scope exists. */
    private static Optional<Scope> scope(String text) {
        try {
            return Optional.of(new Scope(text));
        } catch (BadWord noScope) {
            return Optional.empty();
        }
    }
}
