package holdfast.vocabulary;

import java.util.List;

/**
 * Where a copy lies within its storage element: a relative path of normal segments, never {@code .}, {@code ..}, empty
 * or absolute, so that it cannot leave the element.
 */
public record StoragePath(String path) implements Comparable<StoragePath> {
    private static final String REWRITTEN = ".rewritten-";

    public StoragePath {
        boolean normal = !path.isEmpty()
                && path.length() <= 4096
                && path.chars().noneMatch(Character::isISOControl)
                && CodePoints.areWhole(path)
                && List.of(path.split("/", -1)).stream().noneMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
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

    @Override
    public int compareTo(StoragePath other) {
        return CodePoints.compare(path, other.path);
    }

    @Override
    public String toString() {
        return path;
    }
}
