package holdfast.access;

import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.CodePoints;

/** Who somebody is in the source of members, in its own spelling; a number or a pseudonym there, not a name or an address. */
public record MemberId(String text) implements Comparable<MemberId> {
    private static final int LONGEST = 200;

    public MemberId {
        boolean printable =
                !text.isBlank() && text.equals(text.strip()) && text.chars().noneMatch(Character::isISOControl);
        if (!printable || text.length() > LONGEST || !CodePoints.areWhole(text)) {
            throw new BadWord("id of a member", text, "1 to " + LONGEST + " printable characters");
        }
    }

    @Override
    public int compareTo(MemberId other) {
        return CodePoints.compare(text, other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
