package holdfast.formats.bundle;

import holdfast.evidence.Anchor;
import holdfast.evidence.Refusal.Refused;
import holdfast.formats.Json;
import holdfast.formats.VerdictReport;
import holdfast.journal.Head;
import holdfast.journal.SignedHead;
import holdfast.vocabulary.Readership;
import java.time.Instant;
import java.util.ArrayList;
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
        List<Refused> refused,
        Anchor anchor,
        Optional<Head> head,
        Optional<VerdictReport> verdicts,
        Optional<Shown> projection) {
    public Verification {
        refused = List.copyOf(refused);
    }

    /** Of a bundle that holds everything. */
    public Verification(List<Refused> refused, Anchor anchor, Optional<Head> head, Optional<VerdictReport> verdicts) {
        this(refused, anchor, head, verdicts, Optional.empty());
    }

    /**
     * Of a bundle for some readers.
     *
     * @param leftOut clauses that bind and whose verdict needs what is not shown
     * @param whole how it compares with the whole journal, where that was given
     */
    public record Shown(Readership readers, List<String> leftOut, Optional<String> whole) {
        public Shown {
            leftOut = List.copyOf(leftOut);
        }
    }

    /** The same, after it was compared with the whole journal. */
    Verification with(List<Refused> why, Optional<String> whole) {
        Optional<Shown> compared = projection.map(p -> new Shown(p.readers(), p.leftOut(), whole));
        return new Verification(why, anchor, head, verdicts, compared);
    }

    /** What it comes to. */
    public enum Outcome {
        /** Everything holds, under a key and a head from elsewhere. */
        ANCHORED,
        /** What some readers may know holds under a key from elsewhere: who has that key says that it is all, and shows it to nobody. */
        SIGNED_PROJECTION,
        /** Everything holds, and whoever made the bundle could have made all of it. */
        CONSISTENT_IN_ITSELF_ONLY,
        REFUSED
    }

    public Outcome outcome() {
        if (!refused.isEmpty()) {
            return Outcome.REFUSED;
        }
        boolean alone = projection.map(Shown::whole).filter(Optional::isEmpty).isPresent();
        if (alone && anchor.key().isPresent()) {
            return Outcome.SIGNED_PROJECTION;
        }
        return anchor.isWhole() && !alone ? Outcome.ANCHORED : Outcome.CONSISTENT_IN_ITSELF_ONLY;
    }

    /** The answer in sentences, one a line. */
    public List<String> sentences() {
        if (projection.isPresent() && refused.isEmpty()) {
            return projected(projection.get());
        }
        return switch (outcome()) {
            case REFUSED -> refused.stream().map(Refused::toString).toList();
            case SIGNED_PROJECTION -> throw new IllegalStateException("a projection is told apart");
            case ANCHORED ->
                List.of(held() + "; the key and a head of " + anchoredEntries() + " entries came from elsewhere");
            case CONSISTENT_IN_ITSELF_ONLY ->
                List.of(held(), "consistent in itself only: " + anchor.lacks().orElse(""));
        };
    }

    private List<String> projected(Shown shown) {
        List<String> said = new ArrayList<>();
        said.add("this is what " + (shown.readers() == Readership.PUBLIC ? "everybody" : "every member")
                + " may know, not the whole journal");
        said.add(
                verdicts.isPresent()
                        ? held() + ", over the files in it"
                        : head.map(Head::size).orElse(0L) + " entries hold; no verdict is claimed");
        if (!shown.leftOut().isEmpty()) {
            said.add("nothing is claimed of " + String.join(", ", shown.leftOut()) + ": that needs what is not shown");
        }
        said.add(
                "from it follows nothing of what is not in it: neither that there is such a thing nor that there is none");
        said.add(shown.whole()
                .orElse("that nothing was left out which should be in it, only the whole journal shows: --whole"));
        if (outcome() == Outcome.CONSISTENT_IN_ITSELF_ONLY) {
            said.add("consistent in itself only: " + anchor.lacks().orElse(""));
        }
        return said;
    }

    /** The answer as JSON; the verdicts themselves are in the bundle. */
    public String json() {
        return Json.write(new Report(
                outcome(),
                projection.map(p -> p.readers().word()),
                projection.map(Shown::leftOut),
                projection.flatMap(Shown::whole),
                head.map(Head::size),
                head.map(h -> h.root().hex()),
                head.map(Head::at),
                verdicts.map(VerdictReport::at),
                verdicts.map(v -> v.plan().version()),
                anchor.lacks(),
                refused.stream()
                        .map(r -> new Why(r.refusal().name(), r.sentence()))
                        .toList()));
    }

    private String held() {
        return head.map(Head::size).orElse(0L) + " entries hold, and "
                + verdicts.map(v -> v.clauses().size()).orElse(0) + " verdicts of "
                + verdicts.map(v -> v.at().toString()).orElse("") + " were taken again and are the same";
    }

    private long anchoredEntries() {
        return anchor.head().map(SignedHead::size).orElse(0L);
    }

    private record Report(
            Outcome outcome,
            Optional<String> readers,
            Optional<List<String>> leftOut,
            Optional<String> whole,
            Optional<Long> entries,
            Optional<String> root,
            Optional<Instant> signedAt,
            Optional<Instant> takenAt,
            Optional<String> planVersion,
            Optional<String> lacks,
            List<Why> refused) {}

    private record Why(String refusal, String sentence) {}
}
