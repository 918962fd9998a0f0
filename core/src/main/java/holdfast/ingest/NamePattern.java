package holdfast.ingest;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A regular expression over whole names, equal to another by its text. */
public final class NamePattern {
    private final String text;
    private final Pattern pattern;

    /** @throws PatternSyntaxException when the text is no regular expression */
    public NamePattern(String text) {
        this.text = text;
        this.pattern = Pattern.compile(text, Pattern.DOTALL);
    }

    public boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    /** The regular expression itself, for whoever needs its groups. */
    Pattern pattern() {
        return pattern;
    }

    /** Whether the expression has a group of this name. */
    public boolean hasGroup(String group) {
        return pattern.namedGroups().containsKey(group);
    }

    /** How many groups it has, named or not. */
    public int groups() {
        return pattern.matcher("").groupCount();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamePattern pattern && pattern.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
