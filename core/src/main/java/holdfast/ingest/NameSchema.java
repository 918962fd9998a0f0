package holdfast.ingest;

import java.util.Optional;
import java.util.regex.Matcher;

/**
 * What words look like in Rucio's interface, as the policy file says; what an experiment does not say is that of the
 * field's generic schema.
 *
 * @param split reads scope and name from {@code /scope/name} by two groups; empty where the first slash parts them
 */
public record NameSchema(
        NamePattern scope, NamePattern name, NamePattern account, NamePattern storage, Optional<NamePattern> split) {

    /** The field's generic schema; names have 250 characters at most wherever they come from. */
    public static final NameSchema GENERIC = new NameSchema(
            new NamePattern("[a-zA-Z_\\-.0-9]{1,25}"),
            new NamePattern("[/A-Za-z0-9][/A-Za-z0-9.\\-_]{0,249}"),
            new NamePattern("[a-z0-9\\-_]{1,25}"),
            new NamePattern("[A-Z0-9]+(?:[_-][A-Z0-9]+)*"),
            Optional.empty());

    /** A word of the interface, as its errors call it. */
    public enum Word {
        SCOPE("scope"),
        NAME("did"),
        ACCOUNT("account"),
        STORAGE("rse");

        private final String called;

        Word(String called) {
            this.called = called;
        }
    }

    /** Scope and name. */
    public record Parts(String scope, String name) {}

    /** Why a value is no such word, in the words of the field's server; empty where it is one. */
    public Optional<String> problem(Word word, String value) {
        NamePattern wanted = switch (word) {
            case SCOPE -> scope;
            case NAME -> name;
            case ACCOUNT -> account;
            case STORAGE -> storage;
        };
        if (wanted.matches(value)) {
            return Optional.empty();
        }
        String shown = value.length() <= 300 ? value : value.substring(0, 300) + "...";
        return Optional.of("Problem validating %s: '%s' does not match '^%s$'".formatted(word.called, shown, wanted));
    }

    /**
     * Scope and name as this schema parts them, where an address held them one behind the other.
     *
     * @return empty where they do not fit
     */
    public Optional<Parts> parts(String scopeInPath, String nameInPath) {
        if (split.isEmpty()) {
            return Optional.of(new Parts(scopeInPath, nameInPath));
        }
        String path = "/" + scopeInPath + (nameInPath.startsWith("/") ? "" : "/") + nameInPath;
        Matcher matcher = split.get().pattern().matcher(path);
        return matcher.matches() ? Optional.of(new Parts(matcher.group(1), matcher.group(2))) : Optional.empty();
    }
}
