package holdfast.durability;

/**
 * One thing that a level asks.
 *
 * @param level 1 to 4
 * @param asks in our own words
 * @param shown what the records show of it, with numbers; or why they show nothing
 */
public record Requirement(int level, String asks, State state, String shown) {

    /** Whether it is kept. What nobody records is not judged, and is never taken for kept. */
    public enum State {
        MET,
        NOT_MET,
        NOT_JUDGED
    }

    static Requirement of(int level, String asks, boolean met, String shown) {
        return new Requirement(level, asks, met ? State.MET : State.NOT_MET, shown);
    }

    static Requirement notJudged(int level, String asks, String why) {
        return new Requirement(level, asks, State.NOT_JUDGED, why);
    }
}
