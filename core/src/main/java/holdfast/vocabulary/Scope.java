package holdfast.vocabulary;

import java.util.regex.Pattern;

/**
 * The first half of a data identifier: a namespace of at most 25 characters from {@code a-z A-Z 0-9 . _ -}.
 */
public record Scope(String name) implements Comparable<Scope> {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z_\\-.0-9]{1,25}");

    public Scope {
        if (!FORM.matcher(name).matches()) {
            throw new BadWord("scope", name, "1 to 25 characters of a-z, A-Z, 0-9, '.', '_' or '-'");
        }
    }

    @Override
    public int compareTo(Scope other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
