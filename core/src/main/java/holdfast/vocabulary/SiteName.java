package holdfast.vocabulary;

import java.util.regex.Pattern;

/** The name of a site: the place that runs one or more storage elements. */
public record SiteName(String name) implements Comparable<SiteName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    public SiteName {
        if (!FORM.matcher(name).matches()) {
            throw new BadWord("site", name, "a letter and up to 62 letters, digits, '-' or '_'");
        }
    }

    @Override
    public int compareTo(SiteName other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
