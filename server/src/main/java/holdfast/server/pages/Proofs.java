package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.plan.Level;
import holdfast.plan.Limits;
import holdfast.plan.Obligation;
import holdfast.plan.PlaceRule;
import holdfast.server.pages.view.AgeChip;
import holdfast.server.pages.view.AgeChip.Limit;
import holdfast.storage.StorageElement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The chip that sets the oldest proof against the time allowed for it; what is allowed depends on kind and medium. */
record Proofs(PageData page) {

    /** The chip of a clause: that of the duty whose proof is the oldest; empty where no duty rests on dated proofs. */
    Optional<AgeChip> of(ClauseVerdict clause) {
        Optional<ClauseVerdict.DutyVerdict> oldest = clause.duties().stream()
                .filter(d -> clause.oldestProof().isPresent()
                        && d.tally().oldestProof().equals(clause.oldestProof()))
                .findFirst();
        Optional<ClauseVerdict.DutyVerdict> asking = clause.duties().stream()
                .filter(d -> restsOnProof(d.duty().obligation()))
                .findFirst();
        return oldest.or(() -> asking).map(d -> chip(d.duty().obligation(), clause.oldestProof()));
    }

    Optional<AgeChip> of(ClauseVerdict.DutyVerdict duty) {
        Obligation obligation = duty.duty().obligation();
        return restsOnProof(obligation) || duty.tally().oldestProof().isPresent()
                ? Optional.of(chip(obligation, duty.tally().oldestProof()))
                : Optional.empty();
    }

    private AgeChip chip(Obligation obligation, Optional<Instant> oldest) {
        return AgeChip.of(oldest, limits(obligation), page.takenAt());
    }

    private List<Limit> limits(Obligation obligation) {
        Limits set = page.plan().limits();
        return switch (obligation) {
            case Obligation.CopiesAtLeast copies -> byMedium(PlaceRule.ANYWHERE, set.proofDisk(), set.proofTape());
            case Obligation.CompleteAt(PlaceRule place) -> byMedium(place, set.proofDisk(), set.proofTape());
            case Obligation.CoveredBy(PlaceRule place) -> byMedium(place, set.proofDisk(), set.proofTape());
            case Obligation.IndependentCopies independent ->
                byMedium(PlaceRule.ANYWHERE, set.proofDisk(), set.proofTape());
            case Obligation.CheckedEvery(Duration disk, Duration tape) -> byMedium(PlaceRule.ANYWHERE, disk, tape);
            case Obligation.Accessible accessible ->
                List.of(new Limit(accessible.drillWithin().orElse(set.drill()), "drills"));
            case Obligation.Catalogued(Duration within) -> List.of(new Limit(within, "listings"));
            case Obligation.OpenTo(Level.Audience audience, Duration every) -> List.of(new Limit(every, "probes"));
            case Obligation.RegisteredInFull(Duration within) -> List.of(new Limit(within, "registers"));
            case Obligation.EvidenceKept kept -> List.of(new Limit(kept.auditedWithin(), "audits"));
            case Obligation.Opened opened -> List.of();
            case Obligation.OneLevel level -> List.of();
            case Obligation.ReleasedByAct released -> List.of();
            case Obligation.KeptUntil until -> List.of();
            case Obligation.FollowShares shares -> List.of();
            case Obligation.PlanVersioned versioned -> List.of();
            case Obligation.WaiversBounded bounded -> List.of();
            case Obligation.Unmeasured unmeasured -> List.of();
        };
    }

    private boolean restsOnProof(Obligation obligation) {
        return switch (obligation) {
            case Obligation.OneLevel level -> false;
            case Obligation.ReleasedByAct released -> false;
            case Obligation.KeptUntil until -> false;
            case Obligation.FollowShares shares -> false;
            case Obligation.PlanVersioned versioned -> false;
            case Obligation.WaiversBounded bounded -> false;
            case Obligation.Unmeasured unmeasured -> true;
            case Obligation.Opened opened -> true;
            case Obligation.CopiesAtLeast copies -> true;
            case Obligation.CompleteAt complete -> true;
            case Obligation.CoveredBy covered -> true;
            case Obligation.IndependentCopies independent -> true;
            case Obligation.Accessible accessible -> true;
            case Obligation.CheckedEvery checked -> true;
            case Obligation.Catalogued catalogued -> true;
            case Obligation.OpenTo open -> true;
            case Obligation.RegisteredInFull registered -> true;
            case Obligation.EvidenceKept kept -> true;
        };
    }

    private List<Limit> byMedium(PlaceRule place, Duration disk, Duration tape) {
        return page.sites().all().stream()
                .filter(StorageElement::isArchival)
                .filter(e -> place.sites().isEmpty() || place.sites().contains(e.site()))
                .filter(e -> !place.except().contains(e.site()))
                .map(e -> e.isTape() ? new Limit(tape, "tape") : new Limit(disk, "disk"))
                .distinct()
                .toList();
    }
}
