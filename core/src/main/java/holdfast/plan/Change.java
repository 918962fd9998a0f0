package holdfast.plan;

/**
 * One difference between two plans.
 *
 * @param subject what it is about, such as {@code P-23}, {@code class raw} or {@code limit read back within}
 * @param says a sentence without a full stop
 */
public record Change(Direction direction, String subject, String says) {
    /** What a difference does to the duties; what is not surely the same or tighter is loosened. */
    public enum Direction {
        LOOSENED,
        REMOVED,
        TIGHTENED,
        ADDED,
        /** Neither tighter nor looser: another value. */
        CHANGED,
        /** Words for people alone. */
        WORDING;

        /** Whether less may be owed afterwards. */
        public boolean loosens() {
            return this == LOOSENED || this == REMOVED;
        }
    }
}
