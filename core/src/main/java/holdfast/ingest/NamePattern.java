package holdfast.ingest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A regular expression over whole names, equal to another by its text. */
public final class NamePattern {
    private static final Pattern ANYWHERE = Pattern.compile("\\.\\*([A-Za-z0-9/_-]+)\\.\\*");
    private static final Pattern ONE_CLASS = Pattern.compile("\\[[^\\[\\]&]+\\]\\+");
    private static final int ASCII = 128;

    private final String text;
    private final Pattern pattern;
    private final Quick quick;

    /** Whether a name matches, where that can be told without the expression. */
    private interface Quick {
        Optional<Boolean> matches(String name);
    }

    /** @throws PatternSyntaxException when the text is no regular expression */
    public NamePattern(String text) {
        this.text = text;
        this.pattern = Pattern.compile(text, Pattern.DOTALL);
        this.quick = quick();
    }

    public boolean matches(String name) {
        Optional<Boolean> known = quick.matches(name);
        return known.isPresent() ? known.get() : byPattern(name);
    }

    /** Two forms that policies are made of: some text anywhere, and characters of one class only. */
    private Quick quick() {
        Matcher anywhere = ANYWHERE.matcher(text);
        if (anywhere.matches()) {
            String wanted = anywhere.group(1);
            return name -> Optional.of(name.contains(wanted));
        }
        if (!ONE_CLASS.matcher(text).matches()) {
            return name -> Optional.empty();
        }
        boolean[] allowed = new boolean[ASCII];
        for (char c = 0; c < ASCII; c++) {
            allowed[c] = byPattern(String.valueOf(c));
        }
        return name -> ofClass(name, allowed);
    }

    private static Optional<Boolean> ofClass(String name, boolean[] allowed) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= ASCII) {
                return Optional.empty();
            }
            if (!allowed[c]) {
                return Optional.of(false);
            }
        }
        return Optional.of(!name.isEmpty());
    }

    private boolean byPattern(String name) {
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
