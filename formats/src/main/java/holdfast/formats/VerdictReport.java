package holdfast.formats;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Verdict;
import holdfast.plan.Clause;
import holdfast.plan.InWords;
import holdfast.plan.Plan;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Verdicts as they are written to JSON and read back: plain values alone, each key as the field is called here.
 *
 * @param at when the verdicts were taken
 */
public record VerdictReport(PlanName plan, Instant at, List<ClauseReport> clauses) {
    public VerdictReport {
        clauses = List.copyOf(clauses);
    }

    /** The plan that verdicts were taken against. */
    public record PlanName(String id, String title, String version, String digest) {}

    /**
     * One clause; see {@link ClauseVerdict} for the counts.
     *
     * @param standing {@code DUTY}, or {@code STATEMENT}: then there is no verdict, and it is not among the met
     * @param validUntil empty when time alone cannot change the verdict
     * @param assumed what an outsider is said to keep; no part of the verdict
     */
    public record ClauseReport(
            String clause,
            String section,
            String says,
            String binds,
            Optional<Integer> level,
            List<String> about,
            Clause.Standing standing,
            Optional<Verdict> verdict,
            long subjects,
            long arriving,
            Optional<Instant> oldestArriving,
            long failing,
            long undetermined,
            long waived,
            boolean waivable,
            List<FailingReport> named,
            List<DutyReport> duties,
            Optional<CoverageReport> coverage,
            Optional<SharesReport> shares,
            Optional<Instant> oldestProof,
            Optional<Instant> validUntil,
            Optional<Instant> silentSince,
            Optional<String> assumed,
            Optional<String> wouldMeasure,
            List<ReasonReport> reasons) {}

    /**
     * One duty of a clause.
     *
     * @param kind as the plan language calls it
     * @param says the duty in words
     * @param basis {@code plan}, {@code reading A-1} or {@code our setting}
     */
    public record DutyReport(
            String kind,
            String says,
            String basis,
            Verdict verdict,
            long subjects,
            long met,
            long breached,
            long undetermined,
            long arriving,
            List<ReasonReport> reasons) {}

    /**
     * A subject that falls short.
     *
     * @param file scope:name, where the subject is a file
     */
    public record FailingReport(String subject, Optional<String> file, Verdict verdict, List<ReasonReport> reasons) {}

    /** A reason: its code, the element it speaks of, and a sentence. */
    public record ReasonReport(String code, Optional<String> element, String text) {}

    /**
     * How many of the judged subjects a union of places covers.
     *
     * @param percent rounded down; empty where nothing was judged
     */
    public record CoverageReport(long covered, long judged, Optional<String> percent) {}

    /** Agreement, not safety. */
    public record SharesReport(String state, String note, List<ShareReport> sites) {}

    /** One site's share in percent of the bytes. */
    public record ShareReport(String site, double held, double agreed, boolean within) {}

    /** The report of some verdicts taken at a moment against a plan. */
    public static VerdictReport of(Plan plan, Instant at, List<ClauseVerdict> verdicts) {
        PlanName name = new PlanName(
                plan.id(), plan.title(), plan.version(), plan.digest().hex());
        return new VerdictReport(
                name, at, verdicts.stream().map(VerdictReport::of).toList());
    }

    /** The report of one clause. */
    public static ClauseReport of(ClauseVerdict v) {
        Clause clause = v.clause();
        return new ClauseReport(
                clause.id().name(),
                clause.section(),
                clause.says(),
                clause.binds(),
                clause.level().map(l -> l.number()),
                clause.about().stream().sorted().map(ClassId::name).toList(),
                clause.standing(),
                v.verdict(),
                v.subjects(),
                v.arriving(),
                v.oldestArriving(),
                v.failing(),
                v.undetermined(),
                v.waived(),
                clause.waivable(),
                v.named().stream().map(VerdictReport::of).toList(),
                v.duties().stream().map(VerdictReport::of).toList(),
                v.coverage().map(VerdictReport::of),
                v.shares().map(VerdictReport::of),
                v.oldestProof(),
                Optional.of(v.validUntil()).filter(t -> !t.equals(Instant.MAX)),
                v.silentSince(),
                clause.assumed(),
                clause.measure(),
                reasons(v.reasons()));
    }

    private static DutyReport of(ClauseVerdict.DutyVerdict v) {
        return new DutyReport(
                InWords.kind(v.duty().obligation()),
                InWords.say(v.duty().obligation()),
                InWords.say(v.duty().basis(), v.duty().reading()),
                v.verdict(),
                v.tally().subjects(),
                v.tally().met(),
                v.tally().breached(),
                v.tally().undetermined(),
                v.tally().arriving(),
                reasons(v.reasons()));
    }

    private static FailingReport of(ClauseVerdict.Failing f) {
        return new FailingReport(f.subject(), f.file().map(DataId::toString), f.verdict(), reasons(f.reasons()));
    }

    private static CoverageReport of(ClauseVerdict.Coverage c) {
        return new CoverageReport(c.covered(), c.judged(), Percent.floor(c.covered(), c.judged()));
    }

    private static SharesReport of(ClauseVerdict.Shares s) {
        List<ShareReport> sites = s.sites().stream()
                .map(x -> new ShareReport(x.site().name(), x.held(), x.agreed(), x.within()))
                .toList();
        return new SharesReport(s.state().name(), s.note(), sites);
    }

    private static List<ReasonReport> reasons(List<holdfast.judgement.Reason> reasons) {
        return reasons.stream()
                .map(r -> new ReasonReport(r.code().name(), r.where().map(StorageName::name), r.text()))
                .toList();
    }
}
