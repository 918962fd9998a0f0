package holdfast.server.pages.view;

/**
 * A bullet bar, 0 at the left: what is held, and where something was agreed its mark and its tolerance. All lengths are
 * SVG user units, one decimal; colours are classes.
 *
 * @param box {@code 0 0 WIDTH HEIGHT}
 * @param low whether the bar falls short; the words beside it say so too
 * @param mark the agreed place; empty where nothing was agreed
 * @param spoken what a screen reader says
 */
public record Bar(
        String box,
        String width,
        String height,
        String thick,
        String held,
        boolean low,
        java.util.Optional<Mark> mark,
        String spoken) {

    /** Where the agreed share lies, and the band of its tolerance. */
    public record Mark(String tick, String from, String width) {}

    /** A drawing's size, and the value at its right end. */
    public record Frame(int width, int height, double scale) {
        /** Bars of a matrix, 0 to 100 percent. */
        public static final Frame CELL = new Frame(88, 9, 100);

        private double at(double value) {
            return Math.min(Math.max(value, 0), scale) / scale * width;
        }
    }

    public static Bar plain(Frame frame, double held, String spoken) {
        return new Bar(
                "0 0 " + frame.width() + " " + frame.height(),
                Integer.toString(frame.width()),
                Integer.toString(frame.height()),
                Integer.toString(frame.height() - 4),
                Numbers.length(frame.at(held)),
                false,
                java.util.Optional.empty(),
                spoken);
    }

    /** @param withinPercent the tolerance, in percent of the agreed share */
    public Bar against(Frame frame, double agreed, double withinPercent, boolean low) {
        double from = frame.at(agreed * (1 - withinPercent / 100));
        double until = frame.at(agreed * (1 + withinPercent / 100));
        double tick = Math.max(0, frame.at(agreed) - 1);
        Mark where = new Mark(Numbers.length(tick), Numbers.length(from), Numbers.length(until - from));
        return new Bar(box, width, height, thick, held, low, java.util.Optional.of(where), spoken);
    }
}
