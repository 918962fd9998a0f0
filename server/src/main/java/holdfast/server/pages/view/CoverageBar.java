package holdfast.server.pages.view;

import java.util.Optional;

/**
 * Coverage of a union of places as one bar: blue for what is covered, red for what is not, drawn wide enough to be seen
 * and then saying by how much.
 *
 * @param covered length of the blue part, of {@value #WIDTH}
 * @param gapAt where the red part begins; empty when all is covered
 * @param tooWide {@code 12,000}; empty when the red part is drawn true
 */
public record CoverageBar(String covered, Optional<String> gapAt, String gap, Optional<String> tooWide, String spoken) {
    public static final int WIDTH = 520;

    private static final double THINNEST = 6;
    private static final double SPACE = 4;

    public static CoverageBar of(long covered, long judged, String spoken) {
        long missing = judged - covered;
        if (missing <= 0) {
            return new CoverageBar(
                    Numbers.length(judged > 0 ? WIDTH : 0), Optional.empty(), "0.0", Optional.empty(), spoken);
        }
        double exact = (double) missing / judged * WIDTH;
        double drawn = Math.min(WIDTH, Math.max(THINNEST, exact));
        double blue = covered == 0 ? 0 : Math.max(0, WIDTH - drawn - SPACE);
        return new CoverageBar(
                Numbers.length(blue),
                Optional.of(Numbers.length(WIDTH - drawn)),
                Numbers.length(drawn),
                drawn > exact * 1.05 ? Optional.of(Numbers.roughly(drawn / exact)) : Optional.empty(),
                spoken);
    }
}
