package holdfast.registry;

import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.CodePoints;

/**
 * A small thing by its kind and key, such as an account or a limit. What stands in its text is the matter of whoever keeps
 * it: canonical JSON, written by the interface through which it came.
 *
 * @param kind what it is, lower-case letters and dashes
 * @param key which one it is, unique among its kind
 */
public record Document(Name name, String text) {

    /** The kind and key of a document, in the order of kinds, then of keys. */
    public record Name(String kind, String key) implements Comparable<Name> {
        public Name {
            boolean sound = !kind.isEmpty() && kind.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z'));
            if (!sound) {
                throw new BadWord("kind of a document", kind, "lower-case letters and dashes");
            }
            if (!CodePoints.areWhole(key)) {
                throw new BadWord("key of a document", key, "whole characters");
            }
        }

        @Override
        public int compareTo(Name other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : CodePoints.compare(key, other.key);
        }
    }

    public static Document of(String kind, String key, String text) {
        return new Document(new Name(kind, key), text);
    }
}
