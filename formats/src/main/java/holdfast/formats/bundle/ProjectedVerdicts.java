package holdfast.formats.bundle;

import holdfast.evidence.Assessment;
import holdfast.evidence.Ledger;
import holdfast.formats.PlanFile;
import holdfast.formats.SitesFile;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Whole;
import holdfast.plan.Clause;
import holdfast.plan.Clause.Standing;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.plan.Plan;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.plan.Sites;
import holdfast.retention.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Verdicts over the files that a projection shows: by the evaluator of all others, of those clauses that need nothing else. */
final class ProjectedVerdicts {
    /** How the journal was kept is told of the whole journal. */
    private static final Whole.JournalState UNTOLD = new Whole.JournalState(Optional.empty(), false, Optional.empty());

    private ProjectedVerdicts() {}

    /**
     * Verdicts, and what they leave out.
     *
     * @param leftOut clauses that bind and need what a projection does not hold, in the plan's order
     */
    record Judged(Claim claim, List<String> leftOut) {}

    /** The verdicts of a plan that the folded projection adopted, at the moment of its newest entry. */
    static Judged of(Ledger ledger, PlanAdopted adopted, Instant at) {
        Sites sites = SitesFile.read(adopted.sitesText(), Part.SITES.file()).orThrow();
        Plan plan = PlanFile.read(adopted.planText(), Part.PLAN.file(), sites).orThrow();
        Surroundings surroundings = new Surroundings(
                plan, sites, ledger.conditions(), ledger.hold().flatMap(Hold::doubtBefore), ledger.trials());
        List<ClauseVerdict> verdicts = Assessment.of(ledger, surroundings, UNTOLD, at);
        List<ClauseVerdict> told =
                verdicts.stream().filter(v -> isDecided(v.clause())).toList();
        List<String> leftOut = verdicts.stream()
                .map(ClauseVerdict::clause)
                .filter(clause -> clause.standing() == Standing.DUTY && !isDecided(clause))
                .map(clause -> clause.id().name())
                .toList();
        return new Judged(Claim.of(plan, new Claim.Moment(at, ledger.entries(), UNTOLD), told), leftOut);
    }

    /** Whether files, their copies and the condition of elements decide a clause. */
    private static boolean isDecided(Clause clause) {
        return clause.standing() == Standing.DUTY
                && !clause.must().isEmpty()
                && clause.measure().isEmpty()
                && clause.must().stream().map(Duty::obligation).allMatch(ProjectedVerdicts::isDecided);
    }

    private static boolean isDecided(Obligation obligation) {
        return switch (obligation) {
            case Obligation.CopiesAtLeast _,
                    Obligation.CompleteAt _,
                    Obligation.CoveredBy _,
                    Obligation.IndependentCopies _,
                    Obligation.Accessible _,
                    Obligation.CheckedEvery _,
                    Obligation.KeptUntil _ -> true;
            // A file without a level is shown to nobody, nor is what an act made public of what; the others need
            // samples, the
            // register, waivers, or sums over everything.
            case Obligation.OneLevel _,
                    Obligation.ReleasedByAct _,
                    Obligation.Opened _,
                    Obligation.RegisteredInFull _,
                    Obligation.Catalogued _,
                    Obligation.OpenTo _,
                    Obligation.FollowShares _,
                    Obligation.EvidenceKept _,
                    Obligation.PlanVersioned _,
                    Obligation.WaiversBounded _,
                    Obligation.Unmeasured _ -> false;
        };
    }
}
