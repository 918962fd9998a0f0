package holdfast.vocabulary;

import org.jspecify.annotations.Nullable;

/**
 * The data identifier (DID) of a file or collection: {@code scope:name}. The name holds 1 to 250 Unicode
 * characters (code points), none of them a control character and none of them half a surrogate pair. It is never
 * normalised. What an experiment allows beyond that is its policy's matter, not this word's.
 *
 * <p>Not a record, because it remembers its key: that is two hashes, and each table that a call touches wants it.
 */
public final class DataId implements Comparable<DataId> {
    /** The longest name, in characters. */
    public static final int LONGEST_NAME = 250;

    private final Scope scope;
    private final String name;
    private @Nullable NameKey key;

    public DataId(Scope scope, String name) {
        boolean sound = !name.isEmpty()
                && name.codePointCount(0, name.length()) <= LONGEST_NAME
                && !hasControl(name)
                && CodePoints.areWhole(name);
        if (!sound) {
            throw new BadWord("name", name, "1 to 250 whole characters without control characters");
        }
        this.scope = scope;
        this.name = name;
    }

    public Scope scope() {
        return scope;
    }

    public String name() {
        return name;
    }

    private static boolean hasControl(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Reads {@code scope:name}; the scope ends at the first colon. */
    public static DataId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new BadWord("data identifier", text, "of the form scope:name");
        }
        return new DataId(new Scope(text.substring(0, colon)), text.substring(colon + 1));
    }

    /** Where this name stands in every file-level table; see decision 0001. */
    public NameKey key() {
        NameKey known = key;
        if (known == null) {
            // Two threads may both work it out, and come to the same; its parts are final, so that either may be seen.
            known = NameKey.of(this);
            key = known;
        }
        return known;
    }

    /** By scope, then by name, in the order of code points: that of {@code ORDER BY scope, name} with COLLATE "C". */
    @Override
    public int compareTo(DataId other) {
        int byScope = scope.compareTo(other.scope);
        return byScope != 0 ? byScope : CodePoints.compare(name, other.name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DataId that && name.equals(that.name) && scope.equals(that.scope);
    }

    @Override
    public int hashCode() {
        return 31 * scope.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return scope + ":" + name;
    }
}
