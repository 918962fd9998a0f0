package holdfast.vocabulary;

/**
 * The data identifier (DID) of a file or collection: {@code scope:name}. The name holds 1 to 250 characters, none of
 * them a control character. What an experiment allows beyond that is its policy's matter, not this word's.
 */
public record DataId(Scope scope, String name) implements Comparable<DataId> {
    /** The longest name, in characters. */
    public static final int LONGEST_NAME = 250;

    public DataId {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new BadWord("name", name, "1 to 250 characters without control characters");
        }
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
        return NameKey.of(this);
    }

    @Override
    public int compareTo(DataId other) {
        int byScope = scope.compareTo(other.scope);
        return byScope != 0 ? byScope : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return scope + ":" + name;
    }
}
