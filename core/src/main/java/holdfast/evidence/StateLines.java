package holdfast.evidence;

import holdfast.catalog.CollectionRow;
import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.ingest.Register;
import holdfast.journal.BadEntry;
import holdfast.journal.Line;
import holdfast.placement.Rule;
import holdfast.placement.RuleLock;
import holdfast.plan.PlanFact;
import holdfast.plan.Waiver;
import holdfast.registry.Document;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact;
import holdfast.retention.RetentionFact.ActChanged;
import holdfast.retention.Selected;
import holdfast.retention.SignedAct;
import holdfast.retention.Signer;
import holdfast.storage.Condition;
import holdfast.storage.DoorProbe;
import holdfast.storage.OpeningSample;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.vocabulary.CodePoints;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The rows of current state as lines of text, by natural names and never by surrogate ids, so that a fold of the journal
 * and the rows of a database can be compared line by line and by one hash (decision 0009).
 */
public final class StateLines {
    /** The order of all lines: that of their UTF-8 bytes. */
    public static final Comparator<String> ORDER = CodePoints::compare;

    private StateLines() {}

    public static String file(FileRow row) {
        return row.write(new Line.Writer().put("file")).line().text();
    }

    public static String copy(CopyRow row) {
        return row.write(new Line.Writer().put("copy")).line().text();
    }

    public static String condition(Condition condition) {
        // Every cause writes a condition's fields alike; the cause itself is no state.
        return prefixed("condition", new ConditionChanged(ConditionChanged.Cause.CLEARED, List.of(condition)).lines());
    }

    public static String collection(CollectionRow row) {
        return row.write(new Line.Writer().put("collection")).line().text();
    }

    /** One child of one collection. */
    public static String content(DataId parent, DataId child) {
        Line.Writer line = new Line.Writer().put("content").put(parent.scope()).put(parent.name());
        return line.put(child.scope()).put(child.name()).line().text();
    }

    /** One file within one archive. */
    public static String constituent(DataId archive, DataId file) {
        Line.Writer line =
                new Line.Writer().put("constituent").put(archive.scope()).put(archive.name());
        return line.put(file.scope()).put(file.name()).line().text();
    }

    public static String document(Document document) {
        Line.Writer line = new Line.Writer().put("document");
        return line.put(document.name().kind())
                .put(document.name().key())
                .put(document.text())
                .line()
                .text();
    }

    /** What knocking at an element's door last showed. */
    public static String door(DoorProbe probe) {
        return probe.write(new Line.Writer().put("door")).line().text();
    }

    /** What opening a sample of files last showed. */
    public static String opening(OpeningSample sample) {
        return sample.write(new Line.Writer().put("opening")).line().text();
    }

    public static String lock(RuleLock lock) {
        return lock.line("lock");
    }

    /** A rule, removed ones too. */
    public static String rule(Rule rule) {
        return rule.write(new Line.Writer().put("rule")).line().text();
    }

    /** Somebody whose signature counts or counted. */
    public static String signer(Signer signer, boolean retired) {
        return prefixed("signer", new RetentionFact.SignerNamed(signer, retired).lines());
    }

    /** An act as it stands. */
    public static String act(SignedAct act) {
        // Every step writes an act's fields alike; the step itself is no state.
        return prefixed("act", new ActChanged(ActChanged.Step.PROPOSED, act).lines());
    }

    /** A file that an act made public, and of what. */
    public static String published(UUID act, Selected file) {
        return prefixed("published", List.of(RetentionFact.Published.line(act, file)));
    }

    /** The custody hold in force. */
    public static String hold(Hold hold) {
        return prefixed("hold", new RetentionFact.HoldBegan(hold).lines());
    }

    /** The register imported last. */
    public static String register(String source, Instant asOf) {
        return new Line.Writer().put("register").put(source).time(asOf).line().text();
    }

    public static String run(Register.Run run) {
        Line.Writer line = new Line.Writer().put("run");
        line.put(run.key().experiment()).put(run.key().run()).put(run.type());
        return line.time(run.closed()).line().text();
    }

    public static String expected(Register.RunKey run, Register.Expected file) {
        Line.Writer line =
                new Line.Writer().put("expected").put(run.experiment()).put(run.run());
        line.put(file.id().scope()).put(file.id().name());
        return line.put(file.size()).put(file.events()).line().text();
    }

    /** One line for each subject. */
    public static List<String> waiver(Waiver waiver) {
        return new PlanFact.WaiverGranted(waiver)
                .lines().stream().map(line -> prefixed("waiver", List.of(line))).toList();
    }

    /** The plan in force, with SHA-256 of the texts beside it. */
    public static String adopted(PlanFact.PlanAdopted plan) {
        Line.Writer line = new Line.Writer().put("adopted").put(plan.planVersion());
        line.put(plan.digest().hex()).put(sha256(plan.planText()));
        return line.put(sha256(plan.sitesText()))
                .put(sha256(plan.policyText()))
                .line()
                .text();
    }

    /**
     * SHA-256 over the lines in {@link #ORDER}, each as UTF-8 and ended by a line feed.
     *
     * @throws BadEntry when the lines do not come in that order, or one comes twice
     */
    public static Digest hash(Stream<String> sorted) {
        MessageDigest sha256 = Digest.sha256();
        String before = "";
        for (Iterator<String> lines = sorted.iterator(); lines.hasNext(); ) {
            String line = lines.next();
            if (ORDER.compare(before, line) >= 0) {
                throw new BadEntry("lines of state out of order: '" + before + "' came before '" + line + "'");
            }
            sha256.update(line.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) '\n');
            before = line;
        }
        return Digest.of(Digest.Algorithm.SHA256, sha256.digest());
    }

    private static String sha256(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static String prefixed(String word, List<Line> one) {
        List<Optional<String>> fields = new ArrayList<>();
        fields.add(Optional.of(word));
        fields.addAll(one.getFirst().fields());
        return new Line(fields).text();
    }
}
