package holdfast.plan;

import holdfast.journal.Fact;
import holdfast.journal.Line;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** This room's own facts. */
public sealed interface PlanFact extends Fact {

    /**
     * A plan was adopted, with the sites and policy files beside it: their whole texts, so that every verdict can be
     * taken again from the journal alone.
     */
    record PlanAdopted(String planVersion, Digest digest, String planText, String sitesText, String policyText)
            implements PlanFact {
        public static final String KIND = "plan.adopted";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return List.of(
                    new Line.Writer().put("version").put(planVersion).line(),
                    new Line.Writer().put("digest").put(digest.hex()).line(),
                    new Line.Writer().put("plan").put(planText).line(),
                    new Line.Writer().put("sites").put(sitesText).line(),
                    new Line.Writer().put("policy").put(policyText).line());
        }

        public static PlanAdopted read(List<Line> lines) {
            List<String> values = lines.stream()
                    .map(Line.Reader::new)
                    .map(line -> {
                        line.text();
                        return line.text();
                    })
                    .toList();
            return new PlanAdopted(
                    values.get(0),
                    new Digest(Digest.Algorithm.SHA256, values.get(1)),
                    values.get(2),
                    values.get(3),
                    values.get(4));
        }
    }

    /** A waiver was granted. */
    record WaiverGranted(Waiver waiver) implements PlanFact {
        public static final String KIND = "plan.waiver-granted";

        @Override
        public String kind() {
            return KIND;
        }

        /** One line for each subject, each with the whole waiver. */
        @Override
        public List<Line> lines() {
            return new TreeSet<>(waiver.subjects())
                    .stream()
                            .map(subject -> new Line.Writer()
                                    .put(waiver.id())
                                    .put(waiver.clause())
                                    .put(subject)
                                    .put(waiver.owner())
                                    .put(waiver.signer())
                                    .put(waiver.reason())
                                    .time(waiver.from())
                                    .time(waiver.until())
                                    .line())
                            .toList();
        }

        public static WaiverGranted read(List<Line> lines) {
            var subjects = lines.stream()
                    .map(l -> DataId.parse(l.fields().get(2).orElseThrow()))
                    .collect(Collectors.toSet());
            Line.Reader line = new Line.Reader(lines.getFirst());
            UUID id = UUID.fromString(line.text());
            ClauseId clause = new ClauseId(line.text());
            line.text();
            return new WaiverGranted(new Waiver(
                    id,
                    clause,
                    subjects,
                    new Actor(line.text()),
                    new Actor(line.text()),
                    line.text(),
                    line.time(),
                    line.time()));
        }
    }
}
