package holdfast.judgement;

import holdfast.catalog.FileRow;
import holdfast.judgement.CopyStanding.Word;
import holdfast.judgement.Reason.Code;
import holdfast.plan.Limits;
import holdfast.plan.Obligation;
import holdfast.plan.Obligation.Accessible;
import holdfast.plan.Obligation.CheckedEvery;
import holdfast.plan.Obligation.IndependentCopies;
import holdfast.plan.PlaceRule;
import holdfast.storage.FailureDomain;
import holdfast.storage.StorageElement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Judges one file at one moment, duty by duty; what all duties share, the standing of its copies, is worked out once.
 */
public final class FileJudgement {
    private final Holding holding;
    private final Surroundings surroundings;
    private final Limits limits;
    private final Instant now;
    private final List<CopyStanding> standings;

    private FileJudgement(Holding holding, Surroundings surroundings, Instant now) {
        this.holding = holding;
        this.surroundings = surroundings;
        this.limits = surroundings.plan().limits();
        this.now = now;
        this.standings = holding.copies().stream()
                .map(copy -> CopyStanding.of(copy, surroundings, now))
                .toList();
    }

    public static FileJudgement of(Holding holding, Surroundings surroundings, Instant now) {
        return new FileJudgement(holding, surroundings, now);
    }

    /** The standing of each copy, in the order of the holding. */
    public List<CopyStanding> standings() {
        return standings;
    }

    /** The earliest moment at which time alone could change the standing of a copy. */
    Instant standingsHoldUntil() {
        Horizon horizon = new Horizon(now);
        standings.forEach(copy -> horizon.at(copy.validUntil()));
        return horizon.earliest();
    }

    /**
     * The answer to one obligation.
     *
     * @throws IllegalArgumentException for an obligation that is not about files, see {@link Judge#isAboutFiles}
     */
    public Answer answer(Obligation obligation) {
        if (obligation instanceof Obligation.RegisteredInFull) {
            return new RegisterDuty(holding, limits, now).answer();
        }
        if (holding.file().isEmpty()) {
            return Answers.plain(Verdict.BREACHED, Code.NOT_REGISTERED, "the register names it and it is not here");
        }
        FileRow file = holding.file().get();
        if (file.lost() && restsOnCopies(obligation)) {
            return Answers.plain(
                    Verdict.BREACHED, Code.LOST, "declared lost; no bytes with its accession digest are left");
        }
        return switch (obligation) {
            case Obligation.CopiesAtLeast duty -> placed(duty.copies(), PlaceRule.ANYWHERE, file);
            case Obligation.CompleteAt duty -> placed(1, duty.place(), file);
            case Obligation.CoveredBy duty -> placed(1, duty.place(), file);
            case IndependentCopies duty -> independent(duty);
            case Accessible duty -> accessible(duty);
            case CheckedEvery duty -> new CalendarDuty(duty, holding, surroundings, now).answer();
            case Obligation.OneLevel _ -> FileDuties.oneLevel(file, surroundings);
            case Obligation.ReleasedByAct _ -> FileDuties.released(holding);
            case Obligation.Opened duty -> opened(duty, file);
            case Obligation.KeptUntil duty -> FileDuties.kept(duty, holding, surroundings);
            case Obligation.Unmeasured duty ->
                Answers.plain(
                        Verdict.UNDETERMINED, Code.NOT_MEASURED, "nothing measures this yet: " + duty.wouldMeasure());
            case Obligation.RegisteredInFull _,
                    Obligation.Catalogued _,
                    Obligation.OpenTo _,
                    Obligation.FollowShares _,
                    Obligation.EvidenceKept _,
                    Obligation.PlanVersioned _,
                    Obligation.WaiversBounded _ ->
                throw new IllegalArgumentException(
                        obligation.getClass().getSimpleName() + " is judged for the whole, not for one file");
        };
    }

    /** What a file is, and how it came in, is as true of one that was lost. */
    private static boolean restsOnCopies(Obligation obligation) {
        return !(obligation instanceof Obligation.OneLevel || obligation instanceof Obligation.ReleasedByAct);
    }

    private Answer placed(int asked, PlaceRule place, FileRow file) {
        ServingSites sites = ServingSites.of(place, file, surroundings);
        List<CopyStanding> serving =
                standings.stream().filter(copy -> serves(sites, copy)).toList();
        Count count = Count.ofSites(serving);
        if (sites.unknown().isPresent() && count.hi() > 0) {
            return answer(Verdict.UNDETERMINED, count, List.of(sites.unknown().get()));
        }
        return answer(asked, count, () -> shortfall(asked, count, place, sites));
    }

    private static String shortfall(int asked, Count count, PlaceRule place, ServingSites sites) {
        return place.equals(PlaceRule.ANYWHERE)
                ? count.lo() + " of " + asked + " sites " + (count.lo() == 1 ? "holds" : "hold") + " a copy that counts"
                : "no copy that counts at " + sites.words();
    }

    private static boolean serves(ServingSites sites, CopyStanding copy) {
        return copy.element().map(element -> sites.serves(element.site())).orElse(false);
    }

    private Answer independent(IndependentCopies duty) {
        int lo = Independence.known(elements(Word.COUNTS), duty.differing());
        int hi = Independence.possible(elements(Word.MAY_COUNT), duty.differing());
        Count count = new Count(lo, hi, standings);
        Verdict verdict = count.against(duty.copies());
        if (verdict == Verdict.MET) {
            return answer(verdict, count, List.of());
        }
        String what = Wording.copies(lo) + " of " + duty.copies() + " known to differ in " + domains(duty);
        List<Reason> reasons = new ArrayList<>(List.of(headline(count, what, Code.SAME_DOMAIN)));
        reasons.addAll(unknownDomains(duty));
        return graced(verdict, duty.copies(), count, reasons);
    }

    private static String domains(IndependentCopies duty) {
        return Wording.list(duty.differing().stream().map(FailureDomain::words).toList());
    }

    private List<Reason> unknownDomains(IndependentCopies duty) {
        return elements(Word.MAY_COUNT).stream()
                .flatMap(element -> duty.differing().stream()
                        .filter(domain -> domain.of(element).isEmpty())
                        .sorted()
                        .map(domain -> new Reason(
                                Code.DOMAIN_UNKNOWN,
                                Optional.of(element.name()),
                                element.name() + ": its " + domain.words()
                                        + " is not known, and unknown is not different")))
                .toList();
    }

    private List<StorageElement> elements(Word worst) {
        return standings.stream()
                .filter(copy -> copy.word().compareTo(worst) <= 0)
                .flatMap(copy -> copy.element().stream())
                .toList();
    }

    private Answer accessible(Accessible duty) {
        Duration drill = duty.drillWithin().orElse(limits.drill());
        List<CopyStanding> access = holding.copies().stream()
                .map(copy -> CopyStanding.ofAccess(copy, surroundings, drill, now))
                .toList();
        Count count = Count.ofSites(access);
        return answer(
                duty.copies(), count, () -> count.lo() + " of " + duty.copies() + " sites can give a copy back now");
    }

    /** One copy that is known to be usable: it can be recalled, and files beside it were opened by their program. */
    private Answer opened(Obligation.Opened duty, FileRow file) {
        List<CopyStanding> usable = holding.copies().stream()
                .map(copy -> CopyStanding.ofUse(copy, file, duty, surroundings, now))
                .toList();
        Count count = Count.ofSites(usable);
        Verdict verdict = count.against(1);
        if (verdict == Verdict.MET) {
            return answer(verdict, count, List.of());
        }
        Code code = count.hi() > 0 ? Code.NO_OPENER : Code.NOT_OPENED;
        Reason why = holding.copies().stream().noneMatch(copy -> copy.state().stands())
                ? new Reason(Code.NO_COPY, Optional.empty(), "no copy stands anywhere")
                : new Reason(code, Optional.empty(), "no copy is known to open as " + duty.format());
        // While it is being placed it need not be opened either: that takes copies that were read back first.
        return graced(verdict, count.hi() + 1, count, List.of(why));
    }

    private Answer answer(int asked, Count count, Supplier<String> what) {
        Verdict verdict = count.against(asked);
        return verdict == Verdict.MET
                ? answer(verdict, count, List.of())
                : graced(verdict, asked, count, List.of(headline(count, what.get(), Code.TOO_FEW_COPIES)));
    }

    /** Names the shortfall by what there is: nothing at all, only copies in the wrong place, or too few. */
    private Reason headline(Count count, String what, Code otherwise) {
        if (holding.copies().stream().noneMatch(copy -> copy.state().stands())) {
            return new Reason(Code.NO_COPY, Optional.empty(), "no copy stands anywhere");
        }
        boolean elsewhere = count.hi() == 0 && standings.stream().anyMatch(CopyStanding::mayCount);
        return new Reason(elsewhere ? Code.WRONG_PLACE : otherwise, Optional.empty(), what);
    }

    private Answer graced(Verdict verdict, int asked, Count count, List<Reason> reasons) {
        Optional<Instant> grace = count.hi() < asked ? Grace.end(holding, limits, now) : Optional.empty();
        if (grace.isEmpty()) {
            return answer(verdict, count, reasons);
        }
        List<Reason> arriving = new ArrayList<>(reasons);
        arriving.addFirst(new Reason(
                Code.ARRIVING,
                Optional.empty(),
                "being placed for the first time, until " + Wording.time(grace.get())));
        Answer answer = answer(Verdict.UNDETERMINED, count, arriving);
        Instant until = new Horizon(now).at(answer.validUntil()).at(grace.get()).earliest();
        return new Answer(answer.verdict(), true, answer.reasons(), answer.oldestProof(), until, answer.silentSince());
    }

    private Answer answer(Verdict verdict, Count count, List<Reason> headlines) {
        List<Reason> reasons = new ArrayList<>(headlines);
        Horizon horizon = new Horizon(now);
        Grace.begin(holding, limits).ifPresent(horizon::at);
        if (count.hi() == 0) {
            // The headline then tells whether a copy elsewhere may count, and that too has its end.
            standings.forEach(copy -> horizon.at(copy.validUntil()));
        }
        Optional<Instant> oldest = Optional.empty();
        Optional<Instant> silent = Optional.empty();
        for (CopyStanding copy : count.among()) {
            horizon.at(copy.validUntil());
            if (verdict != Verdict.MET || copy.counts()) {
                reasons.addAll(copy.reasons());
            }
            if (copy.counts()) {
                oldest = Answers.earlier(oldest, copy.copy().proof().map(proof -> proof.at()));
            }
            if (copy.mayCount()) {
                silent = Answers.earlier(silent, copy.silentSince());
            }
        }
        return new Answer(verdict, false, reasons, oldest, horizon.earliest(), silent);
    }
}
