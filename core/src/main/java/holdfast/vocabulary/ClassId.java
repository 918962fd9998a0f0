package holdfast.vocabulary;

import java.util.regex.Pattern;

/** The name of a class of data in a plan, such as {@code raw}. */
public record ClassId(String name) implements Comparable<ClassId> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public ClassId {
        if (!FORM.matcher(name).matches()) {
            throw new BadWord("class", name, "a lower-case letter and up to 62 lower-case letters, digits or '-'");
        }
    }

    @Override
    public int compareTo(ClassId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
