package holdfast.judgement;

import holdfast.judgement.ClauseVerdict.Coverage;
import holdfast.judgement.ClauseVerdict.DutyVerdict;
import holdfast.judgement.ClauseVerdict.Failing;
import holdfast.judgement.ClauseVerdict.Shares;
import holdfast.judgement.Reason.Code;
import holdfast.plan.Clause;
import holdfast.plan.Clause.Standing;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.plan.Waiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts the verdict of one clause together from its duties, and beside it what never enters it: waivers and shares. */
final class ClauseJudgement {
    private final Clause clause;
    private final Subjects subjects;
    private final Surroundings surroundings;
    private final Whole whole;
    private final Instant now;
    private final List<DutyVerdict> duties = new ArrayList<>();
    private final List<Failing> named = new ArrayList<>();
    private final Set<Reason> reasons = new LinkedHashSet<>();
    private Verdict verdict = Verdict.MET;
    private Tally total;

    ClauseJudgement(Clause clause, Subjects subjects, Surroundings surroundings, Whole whole, Instant now) {
        this.clause = clause;
        this.subjects = subjects;
        this.surroundings = surroundings;
        this.whole = whole;
        this.now = now;
        this.total = subjects.worst();
    }

    ClauseVerdict verdict() {
        clause.must().forEach(this::judge);
        named.addAll(subjects.named());
        whatNothingMeasures();
        Optional<Shares> shares = shares();
        return new ClauseVerdict(
                clause,
                clause.standing() == Standing.STATEMENT ? Optional.empty() : Optional.of(verdict),
                duties,
                total.subjects(),
                total.arriving(),
                total.oldestArriving(),
                total.breached(),
                total.undetermined(),
                named,
                waived(),
                coverage(),
                shares,
                total.oldestProof(),
                validUntil(),
                total.silentSince(),
                List.copyOf(reasons));
    }

    private void judge(Duty duty) {
        boolean files = isAboutFiles(duty);
        Finding finding = files
                ? new FileDutyFinding(clause, surroundings, whole, now).of(duty.obligation(), subjects.of(duty))
                : new WholeDuties(clause, surroundings, whole, now).of(duty.obligation());
        duties.add(new DutyVerdict(duty, finding.verdict(), finding.tally(), finding.reasons()));
        named.addAll(finding.named());
        reasons.addAll(finding.reasons());
        verdict = verdict.worst(finding.verdict());
        total = total.plus(files ? Tally.holdingUntil(finding.tally().validUntil()) : finding.tally());
    }

    private boolean isAboutFiles(Duty duty) {
        boolean ofTheLifetime = duty.obligation() instanceof Obligation.KeptUntil
                && clause.about().isEmpty();
        return Judge.isAboutFiles(duty.obligation()) && !ofTheLifetime;
    }

    /** A clause of which a part is not measured is never green for the rest; nor is one that asks for nothing. */
    private void whatNothingMeasures() {
        if (clause.standing() == Standing.STATEMENT
                || (clause.measure().isEmpty() && !clause.must().isEmpty())) {
            return;
        }
        verdict = verdict.worst(Verdict.UNDETERMINED);
        String text = clause.measure()
                .map(measure -> "nothing measures this yet: " + measure)
                .orElse("the plan states no duty that could be measured");
        reasons.add(new Reason(Code.NOT_MEASURED, Optional.empty(), text));
    }

    private long waived() {
        Set<?> inForce = Judge.waived(clause.id(), whole.waivers(), now);
        return subjects.waivedShort().stream().filter(inForce::contains).count();
    }

    private Optional<Coverage> coverage() {
        return duties.stream()
                .filter(d -> d.duty().obligation() instanceof Obligation.CoveredBy)
                .map(d -> new Coverage(
                        d.tally().met(), d.tally().subjects() - d.tally().arriving()))
                .findFirst();
    }

    private Optional<Shares> shares() {
        return clause.agreed().stream()
                .map(Duty::obligation)
                .filter(Obligation.FollowShares.class::isInstance)
                .map(Obligation.FollowShares.class::cast)
                .findFirst()
                .map(follow -> new ShareFigures(follow, clause, surroundings, whole, now).figures());
    }

    private Instant validUntil() {
        Horizon horizon = new Horizon(now);
        for (Waiver waiver : whole.waivers()) {
            if (waiver.clause().equals(clause.id())) {
                horizon.at(waiver.from()).at(waiver.until());
            }
        }
        for (Duty duty : clause.agreed()) {
            if (duty.obligation() instanceof Obligation.FollowShares follow) {
                ShareFigures.bounds(follow, surroundings).forEach(horizon::at);
            }
        }
        return total.plus(Tally.holdingUntil(horizon.earliest())).validUntil();
    }
}
