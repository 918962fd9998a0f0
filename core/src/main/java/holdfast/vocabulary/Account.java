package holdfast.vocabulary;

/**
 * An account: who owns data, makes rules and is charged for them. 1 to 25 characters without blanks and control
 * characters; what an experiment allows beyond that is its policy's matter. Never a person's name: that stands in an
 * erasable table.
 */
public record Account(String name) implements Comparable<Account> {
    private static final int LONGEST = 25;

    public Account {
        boolean sound = !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
        if (!sound) {
            throw new BadWord("account", name, "1 to 25 characters without blanks");
        }
    }

    @Override
    public int compareTo(Account other) {
        return CodePoints.compare(name, other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
