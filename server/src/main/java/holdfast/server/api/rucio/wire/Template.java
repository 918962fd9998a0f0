package holdfast.server.api.rucio.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A path with variables, such as {@code /dids/{scope}/{name}/meta}. A variable takes one segment of the raw path; a name
 * takes as many as are left before what follows it in the template, so that its slashes may come as they are, as
 * {@code %2F}, or as {@code //} where the name begins with one.
 */
public final class Template {
    /** Variables whose values hold slashes. */
    private static final Set<String> LONG = Set.of("name", "value");

    private final String text;
    private final List<String> parts;
    private final int literals;

    private Template(String text, List<String> parts) {
        this.text = text;
        this.parts = parts;
        this.literals = (int) parts.stream().filter(part -> !isVariable(part)).count();
    }

    public static Template of(String text) {
        return new Template(text, segments(text));
    }

    /**
     * The values of the variables in a raw path, decoded.
     *
     * @return empty where the path is another one
     */
    public Optional<Map<String, String>> read(String rawPath) {
        return match(segments(rawPath).stream().map(Percent::path).toList());
    }

    /** The segments of a raw path; one slash at the end means nothing, and so do further ones at the beginning. */
    static List<String> segments(String path) {
        int from = 0;
        while (from < path.length() && path.charAt(from) == '/') {
            from++;
        }
        int to = path.length() > from && path.endsWith("/") ? path.length() - 1 : path.length();
        return from >= to ? List.of() : List.of(path.substring(from, to).split("/", -1));
    }

    /** The more words of its own a template has, the sooner it is asked. */
    int literals() {
        return literals;
    }

    /** Their names, in order. */
    public List<String> variables() {
        return parts.stream().filter(Template::isVariable).map(Template::name).toList();
    }

    /**
     * The values of the variables.
     *
     * @param decoded segments of the path, each decoded by itself
     * @return empty where the path is another one
     */
    Optional<Map<String, String>> match(List<String> decoded) {
        int spare = decoded.size() - parts.size();
        boolean stretches = parts.stream().anyMatch(Template::isLong);
        if (spare < 0 || spare > 0 && !stretches) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        List<String> left = new ArrayList<>(decoded);
        for (String part : parts) {
            int taken = isLong(part) ? 1 + spare : 1;
            String value = String.join("/", left.subList(0, taken));
            left = left.subList(taken, left.size());
            if (isVariable(part)) {
                values.put(name(part), value);
            } else if (!part.equals(value)) {
                return Optional.empty();
            }
        }
        boolean empty = values.values().stream().anyMatch(String::isEmpty);
        return empty ? Optional.empty() : Optional.of(values);
    }

    private static boolean isVariable(String part) {
        return part.startsWith("{");
    }

    private static boolean isLong(String part) {
        return isVariable(part) && LONG.contains(name(part));
    }

    private static String name(String part) {
        return part.substring(1, part.length() - 1);
    }

    @Override
    public String toString() {
        return text;
    }
}
