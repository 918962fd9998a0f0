package holdfast.vocabulary;

/** The number of a level of the plan, from 1 up; the order of levels is no order of sensitivity. */
public record LevelId(int number) implements Comparable<LevelId> {
    public LevelId {
        if (number < 1) {
            throw new BadWord("level", Integer.toString(number), "a number from 1 up");
        }
    }

    @Override
    public int compareTo(LevelId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
