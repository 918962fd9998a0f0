package holdfast.vocabulary;

import java.util.Comparator;

/**
 * Where a copy lies within its storage element: a relative path of normal segments, never {@code .}, {@code ..}, empty
 * or absolute, so that it cannot leave the element.
 */
public record StoragePath(String path) implements Comparable<StoragePath> {
    private static final String REWRITTEN = ".rewritten-";

    /**
     * All writings of one file side by side, the first writing first; unlike the order of whole paths, in which later
     * writings lie far from the first.
     */
    public static final Comparator<StoragePath> BY_FILE = (one, other) -> {
        int byPlain = CodePoints.compare(one.plain(), other.plain());
        int byWriting = byPlain != 0 ? byPlain : Integer.compare(one.writing(), other.writing());
        return byWriting != 0 ? byWriting : one.compareTo(other);
    };

    public StoragePath {
        boolean normal = !path.isEmpty() && path.length() <= 4096 && isPlain(path) && CodePoints.areWhole(path);
        if (!normal) {
            throw new BadWord("storage path", path, "a relative path without empty, '.' or '..' segments");
        }
    }

    /** How a name becomes a path; an experiment's policy file says which holds. */
    public enum Layout {
        /** The name alone: only where the scope is a function of the name, so that no two scopes meet in one path. */
        NAME,
        /** The scope, then the name. */
        SCOPE_AND_NAME
    }

    /**
     * Where a file's bytes lie by rule. Damaged bytes are listed and never overwritten, so every writing after the first
     * goes to a numbered folder of its own, and no name may begin with what such a folder is called. Names that differ only
     * in a leading {@code /} would share a path: a policy allows one of the two forms, never both (decision 0001).
     *
     * @param writing 0 for the first copy ever written to the element, then counted up
     */
    public static StoragePath of(DataId id, Layout layout, int writing) {
        String name = id.name().startsWith("/") ? id.name().substring(1) : id.name();
        String plain = switch (layout) {
            case NAME -> name;
            case SCOPE_AND_NAME -> id.scope() + "/" + name;
        };
        if (plain.startsWith(REWRITTEN)) {
            throw new BadWord(
                    "name", id.toString(), "one that may begin a path: " + REWRITTEN + " is kept for new writings");
        }
        return new StoragePath(writing == 0 ? plain : REWRITTEN + writing + "/" + plain);
    }

    /** The path of the file's first writing: this one without the numbered folder of a later writing. */
    public String plain() {
        int end = numberEnd();
        return end < 0 ? path : path.substring(end + 1);
    }

    /** The number of the folder that this path's writing has for itself; 0 for a first writing. */
    public int writing() {
        int end = numberEnd();
        int digits = end - REWRITTEN.length();
        return end < 0 || digits > 9 ? 0 : Integer.parseInt(path, REWRITTEN.length(), end, 10);
    }

    /** Where the number of a later writing's folder ends; -1 for a path in no such folder. */
    private int numberEnd() {
        if (!path.startsWith(REWRITTEN)) {
            return -1;
        }
        int i = REWRITTEN.length();
        while (i < path.length() && path.charAt(i) >= '0' && path.charAt(i) <= '9') {
            i++;
        }
        return i > REWRITTEN.length() && i < path.length() && path.charAt(i) == '/' ? i : -1;
    }

    /** No control character, and no segment that is empty, {@code .} or {@code ..}. */
    private static boolean isPlain(String path) {
        int begin = 0;
        for (int i = 0; i <= path.length(); i++) {
            char c = i == path.length() ? '/' : path.charAt(i);
            if (Character.isISOControl(c)) {
                return false;
            }
            if (c == '/') {
                int length = i - begin;
                if (length == 0 || (length <= 2 && path.startsWith("..".substring(0, length), begin))) {
                    return false;
                }
                begin = i + 1;
            }
        }
        return true;
    }

    @Override
    public int compareTo(StoragePath other) {
        return CodePoints.compare(path, other.path);
    }

    @Override
    public String toString() {
        return path;
    }
}
