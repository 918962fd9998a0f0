package holdfast.plan;

import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A class of data: which objects belong to it, and to which level it belongs.
 *
 * @param scopes names of scopes, or prefixes ending in {@code *}; empty for classes of records, which no file matches
 * @param pathPrefix what the name begins with; a whole segment, so {@code /a} does not match {@code /ab}
 * @param where for each attribute the values of which one must hold
 * @param zeroBytes whether a file without bytes is acceptable
 * @param undeletable whether nothing may take the last duties' copies away while the lifetime is open
 * @param decidedBy who decides what the attributes of {@code where} say, for people; empty when nothing is decided
 */
public record ClassRule(
        ClassId id,
        LevelId level,
        List<String> scopes,
        Optional<String> pathPrefix,
        Map<String, Set<String>> where,
        boolean zeroBytes,
        boolean undeletable,
        Optional<String> decidedBy) {

    public ClassRule {
        scopes = List.copyOf(scopes);
        where = Map.copyOf(where);
    }

    /** A class for which nobody decides attributes. */
    public ClassRule(
            ClassId id,
            LevelId level,
            List<String> scopes,
            Optional<String> pathPrefix,
            Map<String, Set<String>> where,
            boolean zeroBytes,
            boolean undeletable) {
        this(id, level, scopes, pathPrefix, where, zeroBytes, undeletable, Optional.empty());
    }

    public boolean matches(DataId did, Attributes attributes) {
        return scopes.stream().anyMatch(s -> scopeMatches(s, did.scope().name()))
                && pathPrefix.map(p -> pathMatches(p, did.name())).orElse(true)
                && where.entrySet().stream()
                        .allMatch(e -> attributes
                                .value(e.getKey())
                                .map(e.getValue()::contains)
                                .orElse(false));
    }

    /** Whether an object of a scope may belong to it, whatever its name and attributes. */
    public boolean reaches(Scope scope) {
        return scopes.stream().anyMatch(s -> scopeMatches(s, scope.name()));
    }

    /** Whether every object of its scopes that comes to it is taken. */
    public boolean takesAll() {
        return pathPrefix.isEmpty() && where.isEmpty();
    }

    /** Whether every object of whatever scope that comes to it is taken. */
    public boolean takesEverything() {
        return takesAll() && scopes.contains("*");
    }

    /**
     * What a name alone tells of membership, where attributes, and perhaps the scope, are not known: of bytes that no
     * catalogue row names there is nothing else.
     *
     * @param scope empty where the path does not hold it
     */
    public Membership byNameAlone(Optional<Scope> scope, String name) {
        boolean path = pathPrefix.map(p -> pathMatches(p, name)).orElse(true);
        boolean possible = path
                && !scopes.isEmpty()
                && scope.map(known -> scopes.stream().anyMatch(s -> scopeMatches(s, known.name())))
                        .orElse(true);
        if (!possible) {
            return Membership.NO;
        }
        return where.isEmpty() && (scope.isPresent() || scopes.contains("*")) ? Membership.YES : Membership.POSSIBLE;
    }

    /** Whether a name belongs to a class, as far as it can be told. */
    public enum Membership {
        YES,
        POSSIBLE,
        NO
    }

    private static boolean scopeMatches(String pattern, String scope) {
        return pattern.endsWith("*")
                ? scope.startsWith(pattern.substring(0, pattern.length() - 1))
                : scope.equals(pattern);
    }

    private static boolean pathMatches(String prefix, String name) {
        return name.equals(prefix) || name.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
    }
}
