package holdfast.durability;

/**
 * One number of the loss model and where it comes from.
 *
 * @param value in the unit of its name, never negative
 * @param why what it rests on, for people: what was counted, the plan's limit, or the source of an assumption
 */
public record Input(double value, Origin origin, String why) {
    public Input {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("an input of the loss model is a number from 0 up, not " + value);
        }
    }

    /** Where a number comes from. */
    public enum Origin {
        /** Counted in this house. */
        MEASURED,
        /** A limit of the plan in force. */
        PLAN,
        /** Nobody measured it here; the source is named. */
        ASSUMED,
        /** Given by whoever asks: what if. */
        STATED
    }
}
