package holdfast.vocabulary;

import java.util.regex.Pattern;

/** The name of a storage element (the field's RSE), such as {@code LAB-TAPE}: it begins with a letter. */
public record StorageName(String name) implements Comparable<StorageName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    public StorageName {
        if (!FORM.matcher(name).matches()) {
            throw new BadWord("storage element", name, "a letter and up to 62 letters, digits, '-' or '_'");
        }
    }

    @Override
    public int compareTo(StorageName other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
