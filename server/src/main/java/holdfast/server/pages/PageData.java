package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.Visible;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the plan page and every clause page are made of: one evaluation, taken at one moment at one journal size, so
 * that numbers on different pages agree.
 *
 * @param plan the adopted plan that the verdicts were taken against
 * @param verdicts one for each clause of the plan, in any order
 * @param since when each clause's verdict became what it is; clauses for which that is not known are left out
 * @param atRisk all that is at risk, in any order; files alike in danger, reason, time and next step are one entry
 * @param matrix files by class and site
 * @param alerts what stops releases or puts proofs in doubt now, sentences without a full stop; none while all is well
 * @param head the newest signed tree head
 * @param takenAt the moment of the evaluation: ages count from here
 */
public record PageData(
        Plan plan,
        Sites sites,
        List<ClauseVerdict> verdicts,
        Map<ClauseId, Instant> since,
        List<AtRisk> atRisk,
        Matrix matrix,
        List<String> alerts,
        HeadInfo head,
        Instant takenAt) {
    public PageData {
        alerts = List.copyOf(alerts);
        verdicts = List.copyOf(verdicts);
        since = Map.copyOf(since);
        atRisk = List.copyOf(atRisk);
    }

    /** With nothing that stops releases. */
    public PageData(
            Plan plan,
            Sites sites,
            List<ClauseVerdict> verdicts,
            Map<ClauseId, Instant> since,
            List<AtRisk> atRisk,
            Matrix matrix,
            HeadInfo head,
            Instant takenAt) {
        this(plan, sites, verdicts, since, atRisk, matrix, List.of(), head, takenAt);
    }

    /** The same for somebody from whom files are hidden: those are named nowhere; sums stay as they are. */
    public PageData seenBy(Visible sees) {
        return new PageData(
                plan,
                sites,
                verdicts.stream().map(v -> v.seenBy(sees)).toList(),
                since,
                atRisk.stream().map(risk -> risk.seenBy(sees)).toList(),
                matrix,
                alerts,
                head,
                takenAt);
    }

    /** The verdict of a clause; empty when the plan has no such clause. */
    public Optional<ClauseVerdict> verdict(ClauseId clause) {
        return verdicts.stream().filter(v -> v.clause().id().equals(clause)).findFirst();
    }
}
