package holdfast.judgement;

import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.Belonging;
import holdfast.judgement.Reason.Code;
import holdfast.plan.ClassRule;
import holdfast.plan.Lifetime;
import holdfast.plan.Obligation;
import java.util.Optional;

/** The duties of a file that do not count its copies. */
final class FileDuties {
    private FileDuties() {}

    /** An act made it, which names what from (P-14): the publisher wrote that down as it registered the file. */
    static Answer released(Holding holding) {
        return holding.releasedBy().isPresent()
                ? Answers.plain(Verdict.MET)
                : Answers.plain(
                        Verdict.BREACHED,
                        Code.NOT_RELEASED_BY_ACT,
                        "no act that people signed made it what it is here");
    }

    /** Exactly one class and level (P-7): the class it was given must still be one, and still of that level. */
    static Answer oneLevel(FileRow file, Surroundings surroundings) {
        if (file.belongs().isEmpty()) {
            return Answers.plain(
                    Verdict.BREACHED, Code.NO_CLASS, "no class of the plan matches it, so it has no level");
        }
        Belonging belonging = file.belongs().get();
        Optional<ClassRule> rule = surroundings.plan().classRule(belonging.classId());
        if (rule.isEmpty()) {
            return Answers.plain(
                    Verdict.BREACHED,
                    Code.NO_CLASS,
                    "its class " + belonging.classId() + " is not in the plan in force");
        }
        if (!rule.get().level().equals(belonging.level())) {
            return Answers.plain(
                    Verdict.BREACHED,
                    Code.NO_CLASS,
                    "it has level " + belonging.level() + " and its class " + belonging.classId() + " has level "
                            + rule.get().level());
        }
        return Answers.plain(Verdict.MET);
    }

    /** Kept until a lifetime's end (P-6, D-1), which no clock brings about. */
    static Answer kept(Obligation.KeptUntil duty, Holding holding, Surroundings surroundings) {
        Optional<Lifetime> lifetime =
                Optional.ofNullable(surroundings.plan().lifetimes().get(duty.lifetime()));
        if (lifetime.isEmpty()) {
            return Answers.plain(
                    Verdict.UNDETERMINED, Code.NOT_MEASURED, "the plan has no lifetime " + duty.lifetime());
        }
        if (holding.copies().stream().map(c -> c.state()).noneMatch(CopyState::stands)) {
            return Answers.plain(Verdict.BREACHED, Code.NO_COPY, "no copy stands anywhere");
        }
        return Answers.plain(Verdict.MET, keptUntil(lifetime.get()));
    }

    static Reason keptUntil(Lifetime lifetime) {
        return new Reason(
                Code.KEPT,
                Optional.empty(),
                "kept until " + lifetime.declaredBy() + " declares the end of " + lifetime.name()
                        + "; no date ends it");
    }
}
