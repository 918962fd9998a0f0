package holdfast.server.pages.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The age of a clause's oldest proof against the time allowed for it.
 *
 * @param css {@code due} over 80 %, {@code late} over 100 %, {@code none} without proof, else empty
 * @param dash the part of the ring that is used up, as a dash pattern; empty where there is no one limit to draw
 * @param age {@code 61 d}, or {@code no proof yet}
 * @param allowed {@code of 730}; empty when nothing is allowed or there is no proof
 */
public record AgeChip(String css, Optional<String> dash, String age, String allowed) {
    /** The ring's length at radius 7.5. */
    private static final double ROUND = 47.1;

    public static final AgeChip NO_PROOF = new AgeChip("none", Optional.empty(), "no proof yet", "");

    /** A limit that holds for some of the proofs: its length and, where there are several, what it is for. */
    public record Limit(Duration length, String of) {}

    /** @param limits the limits that may apply; with more than one the ring is left empty, and the text names all */
    public static AgeChip of(Optional<Instant> oldest, List<Limit> limits, Instant taken) {
        if (oldest.isEmpty()) {
            return NO_PROOF;
        }
        Duration age = Duration.between(oldest.get(), taken);
        List<Limit> distinct = limits.stream().distinct().toList();
        if (distinct.isEmpty()) {
            return new AgeChip("", Optional.empty(), Spans.words(age), "");
        }
        if (distinct.size() == 1) {
            return against(age, distinct.getFirst().length());
        }
        String names = distinct.stream()
                .map(l -> Spans.words(l.length()) + " (" + l.of() + ")")
                .collect(Collectors.joining(" or "));
        return new AgeChip("", Optional.empty(), Spans.words(age), "of " + names);
    }

    private static AgeChip against(Duration age, Duration allowed) {
        double used = Math.max(0, (double) age.toMillis() / Math.max(1, allowed.toMillis()));
        String css = age.compareTo(allowed) > 0 ? "late" : used > 0.8 ? "due" : "";
        String dash = Numbers.length(Math.min(1, used) * ROUND) + " " + Numbers.length(ROUND);
        String[] words = Spans.of(age, allowed);
        return new AgeChip(css, Optional.of(dash), words[0], words[1]);
    }
}
