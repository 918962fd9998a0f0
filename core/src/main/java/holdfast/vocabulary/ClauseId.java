package holdfast.vocabulary;

import java.util.Comparator;
import java.util.regex.Pattern;

/** The number of a clause of a plan: one capital letter, a dash and a number, such as {@code P-26}. Sorts by number. */
public record ClauseId(String name) implements Comparable<ClauseId> {
    private static final Pattern FORM = Pattern.compile("[A-Z]-[1-9][0-9]{0,3}");
    private static final Comparator<ClauseId> ORDER =
            Comparator.comparing(ClauseId::series, Comparator.reverseOrder()).thenComparingInt(ClauseId::number);

    public ClauseId {
        if (!FORM.matcher(name).matches()) {
            throw new BadWord("clause", name, "a capital letter, a dash and a number, such as P-26");
        }
    }

    public char series() {
        return name.charAt(0);
    }

    public int number() {
        return Integer.parseInt(name.substring(2));
    }

    /** The plan's own clauses (P) come before derived duties (D), each by number. */
    @Override
    public int compareTo(ClauseId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name;
    }
}
