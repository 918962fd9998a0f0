package holdfast.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How attributes are read from the last segment of a name, for files whose metadata does not state them.
 *
 * <p>The template is text with placeholders: <code>{run_type}</code> stands for one or more characters that are neither
 * {@code .} nor {@code /}; <code>{run:number}</code> for digits, read without leading zeros; a part in square brackets
 * may be absent. A name that does not fit tells nothing, and nothing is guessed.
 */
public final class AttributePattern {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9_]*)(:number)?}");

    private final String template;
    private final Pattern pattern;
    private final Map<String, Boolean> numeric = new LinkedHashMap<>();

    private AttributePattern(String template) {
        this.template = template;
        this.pattern = Pattern.compile(regex());
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException when a bracket is open, a placeholder has no proper name or stands twice; the
     *     message says which
     */
    public static AttributePattern of(String template) {
        return new AttributePattern(template);
    }

    /** The attributes that the last segment of a name states; none when it does not fit the template. */
    public Attributes derive(String name) {
        Matcher matcher = pattern.matcher(name.substring(name.lastIndexOf('/') + 1));
        if (!matcher.matches()) {
            return Attributes.NONE;
        }
        Map<String, String> values = new LinkedHashMap<>();
        int group = 0;
        for (Map.Entry<String, Boolean> placeholder : numeric.entrySet()) {
            group++;
            @Nullable String value = matcher.group(group);
            if (value != null) {
                values.put(placeholder.getKey(), placeholder.getValue() ? withoutLeadingZeros(value) : value);
            }
        }
        return new Attributes(values);
    }

    /** The attributes that the template can state, in its order. */
    public List<String> names() {
        return List.copyOf(numeric.keySet());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttributePattern pattern && pattern.template.equals(template);
    }

    @Override
    public int hashCode() {
        return template.hashCode();
    }

    /** The template as written. */
    @Override
    public String toString() {
        return template;
    }

    private String regex() {
        List<String> parts = new ArrayList<>();
        boolean open = false;
        int at = 0;
        Matcher placeholder = PLACEHOLDER.matcher(template);
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c == '{') {
                placeholder.region(at, template.length());
                parts.add(placeholder(placeholder));
                at = placeholder.end();
                continue;
            }
            if ((c == '[') == open && (c == '[' || c == ']')) {
                throw bad(open ? "a part in brackets within another" : "a closing bracket without an opening one");
            }
            open = c == '[' || (open && c != ']');
            parts.add(
                    switch (c) {
                        case '[' -> "(?:";
                        case ']' -> ")?";
                        default -> Pattern.quote(String.valueOf(c));
                    });
            at++;
        }
        if (open) {
            throw bad("an opening bracket without a closing one");
        }
        return String.join("", parts);
    }

    private String placeholder(Matcher matcher) {
        if (!matcher.lookingAt()) {
            throw bad("a brace that begins no placeholder such as {run} or {run:number}");
        }
        boolean number = matcher.group(2) != null;
        if (numeric.put(matcher.group(1), number) != null) {
            throw bad("the placeholder {" + matcher.group(1) + "} twice");
        }
        return number ? "([0-9]+)" : "([^./]+)";
    }

    private IllegalArgumentException bad(String what) {
        return new IllegalArgumentException("name template '" + template + "' has " + what);
    }

    private static String withoutLeadingZeros(String digits) {
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }
}
