package holdfast.judgement;

import holdfast.judgement.Reason.Code;
import holdfast.judgement.Whole.RegisterState;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.plan.Obligation.RegisteredInFull;
import holdfast.storage.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** What a duty about files comes to for all of them: the worst of them, and never green over none. */
final class FileDutyFinding {
    private final Clause clause;
    private final Surroundings surroundings;
    private final Whole whole;
    private final Instant now;

    FileDutyFinding(Clause clause, Surroundings surroundings, Whole whole, Instant now) {
        this.clause = clause;
        this.surroundings = surroundings;
        this.whole = whole;
        this.now = now;
    }

    Finding of(Obligation obligation, Tally tally) {
        Finding finding = new Finding(tally);
        if (tally.breached() > 0) {
            finding.worsen(Verdict.BREACHED, code(obligation), tally.breached() + " of " + tally.subjects() + " fail");
        } else if (tally.undetermined() > 0) {
            String some = tally.undetermined() + " of " + tally.subjects() + " cannot be told";
            finding.worsen(Verdict.UNDETERMINED, code(obligation), some);
        } else if (tally.subjects() == 0) {
            nothing(finding);
        } else if (tally.subjects() == tally.arriving()) {
            finding.worsen(
                    Verdict.UNDETERMINED,
                    Code.NOTHING_TO_JUDGE,
                    "nothing to judge: all " + tally.subjects() + " are being placed for the first time");
        }
        if (!now.isBefore(tally.validUntil())) {
            finding.worsen(Verdict.UNDETERMINED, Code.BEING_RECOMPUTED, staleness(tally.validUntil()));
        }
        if (obligation instanceof RegisteredInFull duty) {
            register(duty, finding);
        }
        return finding;
    }

    private static String staleness(Instant since) {
        return Reason.beingRecomputed(since).text();
    }

    private static Code code(Obligation obligation) {
        return switch (obligation) {
            case RegisteredInFull _ -> Code.NOT_REGISTERED;
            case Obligation.OneLevel _ -> Code.NO_CLASS;
            case Obligation.ReleasedByAct _ -> Code.NOT_RELEASED_BY_ACT;
            case Obligation.CheckedEvery _ -> Code.NOT_INSPECTED;
            case Obligation.Opened _ -> Code.NO_OPENER;
            case Obligation.KeptUntil _ -> Code.NO_COPY;
            case Obligation.CopiesAtLeast _,
                    Obligation.CompleteAt _,
                    Obligation.CoveredBy _,
                    Obligation.IndependentCopies _,
                    Obligation.Accessible _ -> Code.TOO_FEW_COPIES;
            case Obligation.Catalogued _,
                    Obligation.OpenTo _,
                    Obligation.FollowShares _,
                    Obligation.EvidenceKept _,
                    Obligation.PlanVersioned _,
                    Obligation.WaiversBounded _,
                    Obligation.Unmeasured _ -> Code.NOT_MEASURED;
        };
    }

    /** No subjects prove nothing, unless an outside register in date says that there are none. */
    private void nothing(Finding finding) {
        Optional<Duration> within = registerWithin();
        Optional<RegisterState> zero = whole.register()
                .filter(r -> r.expected() == 0 && r.openRuns() == 0)
                .filter(r -> within.isPresent() && isInDate(r, within.get()));
        if (zero.isEmpty()) {
            finding.worsen(Verdict.UNDETERMINED, Code.NOTHING_TO_JUDGE, "nothing to judge");
            return;
        }
        finding.until(zero.get().asOf().plus(within.get()));
        finding.note(Code.ZERO_PROVEN, "the register of " + zero.get().source() + " expects no file");
    }

    /** How old a register may be that speaks of all classes of this clause; empty when none is meant to. */
    private Optional<Duration> registerWithin() {
        if (clause.about().isEmpty()) {
            return Optional.empty();
        }
        return surroundings.plan().clauses().values().stream()
                .filter(other -> other.about().containsAll(clause.about()))
                .flatMap(other -> other.must().stream())
                .map(Duty::obligation)
                .filter(RegisteredInFull.class::isInstance)
                .map(duty -> ((RegisteredInFull) duty).registerWithin())
                .min(Comparator.naturalOrder());
    }

    private boolean isInDate(RegisterState register, Duration within) {
        Duration skew = surroundings.plan().limits().clockSkew();
        return !register.asOf().isAfter(now.plus(skew))
                && now.isBefore(register.asOf().plus(within));
    }

    /** Completeness is judged against an outside register alone, and never against an old or an unfinished one. */
    private void register(RegisteredInFull duty, Finding finding) {
        if (whole.register().isEmpty()) {
            finding.worsen(Verdict.UNDETERMINED, Code.NO_REGISTER, "no outside register was imported");
        } else {
            RegisterState register = whole.register().get();
            Instant asOf = register.asOf();
            Instant counts = asOf.minus(surroundings.plan().limits().clockSkew());
            if (!isInDate(register, duty.registerWithin())) {
                String text = "the register of " + register.source() + " is as of " + Wording.time(asOf)
                        + " and tells for " + Wording.span(duty.registerWithin());
                finding.worsen(Verdict.UNDETERMINED, Code.REGISTER_OLD, text);
            }
            finding.until(new Horizon(now)
                    .at(counts)
                    .at(asOf.plus(duty.registerWithin()))
                    .earliest());
            if (register.openRuns() > 0) {
                finding.worsen(Verdict.UNDETERMINED, Code.NO_CLOSE_RECORD, openRuns(register));
            }
        }
        darkRaw(finding);
    }

    private static String openRuns(RegisterState register) {
        String names = register.open().isEmpty() ? "" : ": " + String.join(", ", register.open());
        String more =
                register.openRuns() > register.open().size() && !register.open().isEmpty() ? ", ..." : "";
        return register.openRuns() + " of " + register.runs() + " runs have no close record" + names + more;
    }

    private void darkRaw(Finding finding) {
        surroundings.conditions().values().stream()
                .filter(condition ->
                        condition.listing().map(l -> l.darkRaw() > 0).orElse(false))
                .sorted(Comparator.comparing(Condition::element))
                .forEach(condition -> finding.worsen(
                        Verdict.UNDETERMINED,
                        Code.DARK_RAW,
                        condition.element() + ": "
                                + condition.listing().orElseThrow().darkRaw()
                                + " files under a raw path that the catalogue does not know"));
    }
}
