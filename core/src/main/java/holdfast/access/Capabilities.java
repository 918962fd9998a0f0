package holdfast.access;

import holdfast.vocabulary.BadWord;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a token lets whoever bears it do with storage: its {@code scope} claim as the WLCG Common JWT Profiles 1.x mean it
 * (section on capability-based authorization). Who the bearer is does not matter then, and nothing else is granted.
 *
 * @param stated whether the token names any capability, even one that grants nothing here
 */
public record Capabilities(boolean stated, List<Granted> grants) {
    /** A token that names none: it only says who bears it. */
    public static final Capabilities NONE = new Capabilities(false, List.of());

    private static final String STORAGE = "storage.";
    private static final String COMPUTE = "compute.";

    /** What can be done with bytes at a path. */
    public enum Use {
        READ,
        /** Bytes at a path where nothing is. */
        CREATE,
        /** Other bytes at a path where some are. */
        OVERWRITE,
        DELETE,
        RECALL
    }

    /** To create is not to overwrite; to modify is to create too, and not to read; to stage stands apart. */
    private static final Map<String, Set<Use>> USES = Map.of(
            "read", Set.of(Use.READ),
            "create", Set.of(Use.CREATE),
            "modify", Set.of(Use.CREATE, Use.OVERWRITE, Use.DELETE),
            "stage", Set.of(Use.RECALL));

    /**
     * Some uses at a path and all below it.
     *
     * @param below the components of the path; none for everything
     * @param folder whether only what lies below is meant and not the path itself: it was written with a slash at its end
     */
    public record Granted(Set<Use> uses, List<String> below, boolean folder) {
        public Granted {
            uses = Set.copyOf(uses);
            below = List.copyOf(below);
        }

        private boolean covers(List<String> path) {
            return path.size() >= below.size() + (folder ? 1 : 0)
                    && path.subList(0, below.size()).equals(below);
        }
    }

    public Capabilities {
        grants = List.copyOf(grants);
    }

    /**
     * Reads a {@code scope} claim. What is no storage capability grants nothing.
     *
     * @param scope words with spaces between them
     * @throws BadWord for a storage capability without a path, or with one that is not in its simplest form
     */
    public static Capabilities of(String scope) {
        boolean stated = false;
        List<Granted> grants = new ArrayList<>();
        for (String word : scope.split(" ", -1)) {
            stated |= word.startsWith(STORAGE) || word.startsWith(COMPUTE);
            if (word.startsWith(STORAGE)) {
                int colon = word.indexOf(':');
                if (colon < 0) {
                    throw new BadWord("capability", word, "one with a path, such as storage.read:/some/folder");
                }
                String path = word.substring(colon + 1);
                Set<Use> uses = USES.getOrDefault(word.substring(STORAGE.length(), colon), Set.of());
                grants.add(new Granted(uses, components(word, path), path.endsWith("/") && path.length() > 1));
            }
        }
        return new Capabilities(stated, grants);
    }

    /**
     * Whether a use of a path is granted: component by component, so that {@code /foo} is not {@code /foobar}.
     *
     * @param path an absolute one
     */
    public boolean allow(Use use, String path) {
        List<String> asked = plain(path);
        return !asked.isEmpty() && grants.stream().anyMatch(grant -> grant.uses.contains(use) && grant.covers(asked));
    }

    /** The components of a granted path (RFC 3986, percent-encoded). */
    private static List<String> components(String word, String path) {
        List<String> parts = plain(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        boolean simple = path.startsWith("/") && (!parts.isEmpty() || path.equals("/"));
        if (!simple) {
            throw new BadWord("capability", word, "one with an absolute path without empty, '.' and '..' components");
        }
        return parts.stream().map(part -> decoded(word, part)).toList();
    }

    private static String decoded(String word, String part) {
        try {
            String text = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (!text.isEmpty() && !text.contains("/") && !text.equals(".") && !text.equals("..")) {
                return text;
            }
        } catch (IllegalArgumentException notEncoded) {
            throw new BadWord("capability", word, "one whose percent signs encode characters");
        }
        throw new BadWord("capability", word, "one whose components hold no encoded slash and are no dots");
    }

    /** The components of an absolute path in its simplest form; none where it is no such path. */
    private static List<String> plain(String path) {
        if (!path.startsWith("/")) {
            return List.of();
        }
        List<String> parts = Arrays.asList(path.substring(1).split("/", -1));
        boolean simple = parts.stream().noneMatch(p -> p.isEmpty() || p.equals(".") || p.equals(".."));
        return simple ? parts : List.of();
    }
}
