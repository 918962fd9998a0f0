package holdfast.formats.bundle;

import holdfast.evidence.Anchor;
import holdfast.evidence.Refusal.Refused;
import holdfast.formats.Json;
import holdfast.formats.VerdictReport;
import holdfast.journal.SignedHead;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a verifier says of a bundle.
 *
 * @param refused why it is not accepted; nothing when it is
 * @param head the bundle's own head, where it could be read
 * @param verdicts the verdicts as taken again, where they could be
 */
public record Verification(
        List<Refused> refused, Anchor anchor, Optional<SignedHead> head, Optional<VerdictReport> verdicts) {
    public Verification {
        refused = List.copyOf(refused);
    }

    /** What it comes to. */
    public enum Outcome {
        /** Everything holds, under a key and a head from elsewhere. */
        ANCHORED,
        /** Everything holds, and whoever made the bundle could have made all of it. */
        CONSISTENT_IN_ITSELF_ONLY,
        REFUSED
    }

    public Outcome outcome() {
        if (!refused.isEmpty()) {
            return Outcome.REFUSED;
        }
        return anchor.isWhole() ? Outcome.ANCHORED : Outcome.CONSISTENT_IN_ITSELF_ONLY;
    }

    /** The answer in sentences, one a line. */
    public List<String> sentences() {
        return switch (outcome()) {
            case REFUSED -> refused.stream().map(Refused::toString).toList();
            case ANCHORED ->
                List.of(held() + "; the key and a head of " + anchoredEntries() + " entries came from elsewhere");
            case CONSISTENT_IN_ITSELF_ONLY ->
                List.of(held(), "consistent in itself only: " + anchor.lacks().orElse(""));
        };
    }

    /** The answer as JSON; the verdicts themselves are in the bundle. */
    public String json() {
        return Json.write(new Report(
                outcome(),
                head.map(SignedHead::size),
                head.map(h -> h.root().hex()),
                head.map(SignedHead::at),
                verdicts.map(VerdictReport::at),
                verdicts.map(v -> v.plan().version()),
                anchor.lacks(),
                refused.stream()
                        .map(r -> new Why(r.refusal().name(), r.sentence()))
                        .toList()));
    }

    private String held() {
        return head.map(SignedHead::size).orElse(0L) + " entries hold, and "
                + verdicts.map(v -> v.clauses().size()).orElse(0) + " verdicts of "
                + verdicts.map(v -> v.at().toString()).orElse("") + " were taken again and are the same";
    }

    private long anchoredEntries() {
        return anchor.head().map(SignedHead::size).orElse(0L);
    }

    private record Report(
            Outcome outcome,
            Optional<Long> entries,
            Optional<String> root,
            Optional<Instant> signedAt,
            Optional<Instant> takenAt,
            Optional<String> planVersion,
            Optional<String> lacks,
            List<Why> refused) {}

    private record Why(String refusal, String sentence) {}
}
