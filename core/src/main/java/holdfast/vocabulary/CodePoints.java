package holdfast.vocabulary;

/**
 * The order and the soundness of text that is kept for ever: text compares by code points, which is also the order of
 * its UTF-8 bytes and of PostgreSQL's {@code COLLATE "C"}, and holds no half of a surrogate pair, which no UTF-8 can carry.
 */
public final class CodePoints {
    private CodePoints() {}

    /** Compares by code points; Java's own order of strings differs beyond U+FFFF. */
    public static int compare(String one, String other) {
        int end = Math.min(one.length(), other.length());
        for (int i = 0; i < end; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean bothOrNeither = Character.isSurrogate(a) == Character.isSurrogate(b);
                return bothOrNeither ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** Whether every surrogate of the text is one of a pair. */
    public static boolean areWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < Character.MIN_SURROGATE) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
