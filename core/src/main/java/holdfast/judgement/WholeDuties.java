package holdfast.judgement;

import holdfast.judgement.Reason.Code;
import holdfast.plan.Clause;
import holdfast.plan.Lifetime;
import holdfast.plan.Obligation;
import holdfast.plan.Waiver;
import holdfast.storage.Condition.Listing;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The duties that are not about files: listings and doors of elements, the journal, the plan, waivers, lifetimes. */
final class WholeDuties {
    private final Clause clause;
    private final Surroundings surroundings;
    private final Whole whole;
    private final Instant now;

    WholeDuties(Clause clause, Surroundings surroundings, Whole whole, Instant now) {
        this.clause = clause;
        this.surroundings = surroundings;
        this.whole = whole;
        this.now = now;
    }

    Finding of(Obligation obligation) {
        return switch (obligation) {
            case Obligation.Catalogued duty -> catalogued(duty);
            case Obligation.OpenTo duty -> new AudienceDuty(duty, clause, surroundings, now).finding();
            case Obligation.EvidenceKept duty -> evidenceKept(duty);
            case Obligation.PlanVersioned _ -> planVersioned();
            case Obligation.WaiversBounded duty -> waiversBounded(duty);
            case Obligation.KeptUntil duty -> lifetime(duty);
            case Obligation.FollowShares _ ->
                Finding.undetermined(Code.NOT_MEASURED, "shares are agreement and no duty: state them under 'agreed'");
            case Obligation.Unmeasured duty ->
                Finding.undetermined(Code.NOT_MEASURED, "nothing measures this yet: " + duty.wouldMeasure());
            case Obligation.CopiesAtLeast _,
                    Obligation.CompleteAt _,
                    Obligation.CoveredBy _,
                    Obligation.IndependentCopies _,
                    Obligation.Accessible _,
                    Obligation.Opened _,
                    Obligation.CheckedEvery _,
                    Obligation.OneLevel _,
                    Obligation.ReleasedByAct _,
                    Obligation.RegisteredInFull _ ->
                throw new IllegalArgumentException(obligation.getClass().getSimpleName() + " is judged file by file");
        };
    }

    /** The subjects of "catalogued" are the elements that are written to or read (P-3). */
    private Finding catalogued(Obligation.Catalogued duty) {
        Finding finding = new Finding(Tally.NONE);
        List<StorageElement> elements = surroundings.sites().all().stream()
                .filter(element -> element.use() != Use.LEFT)
                .toList();
        for (StorageElement element : elements) {
            finding.add(element.name().name(), listed(element, duty.listedWithin()));
        }
        return elements.isEmpty()
                ? finding.worsen(Verdict.UNDETERMINED, Code.NOTHING_TO_JUDGE, "nothing to judge: no element is in use")
                : finding;
    }

    private Answer listed(StorageElement element, Duration within) {
        Optional<Listing> listing = surroundings.condition(element.name()).listing();
        if (listing.isEmpty()) {
            return Answers.plain(
                    Verdict.UNDETERMINED,
                    reason(
                            Code.LISTING_LATE,
                            element,
                            "never listed in full, or its driver ("
                                    + element.driver().kind() + ") cannot list"));
        }
        Listing last = listing.get();
        List<Reason> reasons = new ArrayList<>();
        Verdict verdict = Verdict.MET;
        if (isLate(last.at(), within)) {
            verdict = Verdict.UNDETERMINED;
            reasons.add(reason(
                    Code.LISTING_LATE,
                    element,
                    "last listed " + Wording.time(last.at()) + ", due every " + Wording.span(within)));
        }
        if (last.missing() > 0) {
            verdict = Verdict.BREACHED;
            reasons.add(reason(
                    Code.ROW_WITHOUT_BYTES,
                    element,
                    last.missing() + " files of the catalogue are not there, as listed " + Wording.time(last.at())));
        }
        if (last.dark() > 0) {
            reasons.add(reason(Code.DARK, element, last.dark() + " files are there that the catalogue does not know"));
        }
        Instant until = ages(last.at(), within);
        return new Answer(verdict, false, reasons, Optional.of(last.at()), until, Optional.empty());
    }

    /** The journal was folded again and agreed, and its head stands outside (D-2). */
    private Finding evidenceKept(Obligation.EvidenceKept duty) {
        List<Reason> reasons = new ArrayList<>();
        Verdict verdict = Verdict.MET;
        Optional<Instant> audit = whole.journal().lastAudit();
        Optional<Instant> head = whole.journal().headOutside();
        if (audit.isPresent() && !whole.journal().auditAgreed()) {
            verdict = Verdict.BREACHED;
            reasons.add(reason(
                    Code.AUDIT_FAILED,
                    "the audit of " + Wording.time(audit.get()) + " found rows that the journal does not give"));
        }
        if (audit.isEmpty() || isLate(audit.get(), duty.auditedWithin())) {
            verdict = verdict.worst(Verdict.UNDETERMINED);
            reasons.add(reason(
                    Code.NOT_AUDITED,
                    "the journal was last folded again "
                            + audit.map(Wording::time).orElse("never") + ", due every "
                            + Wording.span(duty.auditedWithin())));
        }
        if (head.isEmpty() || isLate(head.get(), duty.headWithin())) {
            verdict = verdict.worst(Verdict.UNDETERMINED);
            reasons.add(reason(
                    Code.HEAD_OLD,
                    "a signed head was last written outside "
                            + head.map(Wording::time).orElse("never") + ", due every "
                            + Wording.span(duty.headWithin())));
        }
        Horizon horizon = new Horizon(now);
        audit.ifPresent(at -> horizon.at(ages(at, duty.auditedWithin())));
        head.ifPresent(at -> horizon.at(ages(at, duty.headWithin())));
        Answer answer = new Answer(verdict, false, reasons, audit, horizon.earliest(), Optional.empty());
        return new Finding(Tally.NONE).add("the journal", answer);
    }

    /** What is executed is what was adopted (D-3). */
    private Finding planVersioned() {
        String version = surroundings.plan().version();
        Answer answer = whole.adopted()
                .map(adopted -> adopted.equals(surroundings.plan().digest())
                        ? Answers.plain(Verdict.MET)
                        : Answers.plain(
                                Verdict.BREACHED,
                                Code.PLAN_DIFFERS,
                                "the plan in force, version " + version + ", is not the one adopted last"))
                .orElseGet(() ->
                        Answers.plain(Verdict.UNDETERMINED, Code.NOT_MEASURED, "no adoption of a plan is recorded"));
        return new Finding(Tally.NONE).add("plan " + version, answer);
    }

    /** Waivers are dated, owned and end; our own register of them is complete, so none at all is well (D-4). */
    private Finding waiversBounded(Obligation.WaiversBounded duty) {
        Finding finding = new Finding(Tally.NONE);
        List<Waiver> granted =
                whole.waivers().stream().filter(w -> now.isBefore(w.until())).toList();
        granted.forEach(waiver -> finding.add("waiver " + waiver.id(), bounded(waiver, duty.longest())));
        return granted.isEmpty() ? finding.note(Code.ZERO_PROVEN, "no waiver is granted") : finding;
    }

    private Answer bounded(Waiver waiver, Duration longest) {
        Duration span = Duration.between(waiver.from(), waiver.until());
        Optional<Clause> spoken =
                Optional.ofNullable(surroundings.plan().clauses().get(waiver.clause()));
        Answer answer;
        if (span.compareTo(longest) > 0) {
            answer = unbounded(
                    waiver, "lasts " + Wording.span(span) + ", at most " + Wording.span(longest) + " is allowed");
        } else if (spoken.isEmpty()) {
            answer = unbounded(waiver, "speaks of " + waiver.clause() + ", which the plan does not have");
        } else if (!spoken.get().waivable()) {
            answer = unbounded(waiver, "speaks of " + waiver.clause() + ", which cannot be waived");
        } else {
            answer = Answers.plain(Verdict.MET);
        }
        return new Answer(
                answer.verdict(), false, answer.reasons(), Optional.empty(), waiver.until(), Optional.empty());
    }

    private static Answer unbounded(Waiver waiver, String text) {
        return Answers.plain(Verdict.BREACHED, Code.WAIVER_UNBOUNDED, "waiver " + waiver.id() + " " + text);
    }

    /** A lifetime of the plan ends by the act of its body alone (D-1). */
    private Finding lifetime(Obligation.KeptUntil duty) {
        Answer answer = Optional.<Lifetime>ofNullable(
                        surroundings.plan().lifetimes().get(duty.lifetime()))
                .map(lifetime -> Answers.plain(Verdict.MET, FileDuties.keptUntil(lifetime)))
                .orElseGet(() -> Answers.plain(
                        Verdict.UNDETERMINED, Code.NOT_MEASURED, "the plan has no lifetime " + duty.lifetime()));
        return new Finding(Tally.NONE).add("lifetime " + duty.lifetime(), answer);
    }

    private boolean isLate(Instant at, Duration within) {
        return at.isAfter(now.plus(surroundings.plan().limits().clockSkew())) || !now.isBefore(at.plus(within));
    }

    private Instant ages(Instant at, Duration within) {
        Duration skew = surroundings.plan().limits().clockSkew();
        return new Horizon(now).at(at.minus(skew)).at(at.plus(within)).earliest();
    }

    private static Reason reason(Code code, StorageElement element, String text) {
        return new Reason(code, Optional.of(element.name()), element.name() + ": " + text);
    }

    private static Reason reason(Code code, String text) {
        return new Reason(code, Optional.empty(), text);
    }
}
