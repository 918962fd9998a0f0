package holdfast.vocabulary;

import java.util.regex.Pattern;

/** Who did something, as a pseudonym: people's names and mail never enter the journal. */
public record Actor(String name) implements Comparable<Actor> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public Actor {
        if (!FORM.matcher(name).matches()) {
            throw new BadWord("actor", name, "1 to 63 letters, digits, '.', '_' or '-'");
        }
    }

    @Override
    public int compareTo(Actor other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
