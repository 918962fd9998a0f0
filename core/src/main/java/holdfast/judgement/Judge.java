package holdfast.judgement;

import holdfast.plan.Clause;
import holdfast.plan.Obligation;
import holdfast.plan.Waiver;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The only evaluator: placement, retention, evidence and pages all ask it. It is a pure function of what is recorded and
 * of the moment; the same question gives the same answer on every node and in every replay.
 */
public final class Judge {
    private Judge() {}

    /**
     * The answer to one obligation for one file.
     *
     * @throws IllegalArgumentException for an obligation that is not about files, see {@link #isAboutFiles}
     */
    public static Answer judge(Obligation obligation, Holding holding, Surroundings surroundings, Instant now) {
        return FileJudgement.of(holding, surroundings, now).answer(obligation);
    }

    /**
     * Whether an obligation is answered file by file; the others are answered for the whole. {@code KeptUntil} is both:
     * about the files of the clause's classes, or, in a clause about no class, about the lifetime itself.
     */
    public static boolean isAboutFiles(Obligation obligation) {
        return switch (obligation) {
            case Obligation.CopiesAtLeast _,
                    Obligation.CompleteAt _,
                    Obligation.CoveredBy _,
                    Obligation.IndependentCopies _,
                    Obligation.Accessible _,
                    Obligation.Opened _,
                    Obligation.CheckedEvery _,
                    Obligation.OneLevel _,
                    Obligation.ReleasedByAct _,
                    Obligation.RegisteredInFull _,
                    Obligation.KeptUntil _ -> true;
            case Obligation.Catalogued _,
                    Obligation.OpenTo _,
                    Obligation.FollowShares _,
                    Obligation.EvidenceKept _,
                    Obligation.PlanVersioned _,
                    Obligation.WaiversBounded _,
                    Obligation.Unmeasured _ -> false;
        };
    }

    /**
     * Whether a holding is a subject of an obligation: files that only the register names are subjects of "registered in
     * full" alone; every other figure is "of the files registered".
     */
    public static boolean isSubject(Obligation obligation, Holding holding) {
        return isAboutFiles(obligation)
                && (holding.file().isPresent() || obligation instanceof Obligation.RegisteredInFull);
    }

    /** The answers of one file to all duties of a clause as one: breached over undetermined over arriving over met. */
    public static Answer worst(List<Answer> answers) {
        return Answers.worst(answers);
    }

    /**
     * How long what a file adds beside a clause's verdict holds, as a tally of nothing: shares count bytes of every copy
     * that counts, also where no duty rests on it.
     */
    public static Tally beside(Clause clause, FileJudgement file) {
        boolean shares = clause.agreed().stream().anyMatch(d -> d.obligation() instanceof Obligation.FollowShares);
        return shares ? Tally.holdingUntil(file.standingsHoldUntil()) : Tally.NONE;
    }

    /** The files that waivers in force at a moment name for a clause. */
    public static Set<DataId> waived(ClauseId clause, Collection<Waiver> waivers, Instant now) {
        return waivers.stream()
                .filter(waiver -> waiver.clause().equals(clause) && waiver.inForce(now))
                .flatMap(waiver -> waiver.subjects().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The verdict of a whole clause: the worst of its duties. It rests on what the caller added up over files, and on
     * what is recorded of the register, the elements, the journal, the plan and the waivers.
     */
    public static ClauseVerdict judgeWhole(
            Clause clause, Subjects subjects, Surroundings surroundings, Whole whole, Instant now) {
        return new ClauseJudgement(clause, subjects, surroundings, whole, now).verdict();
    }
}
