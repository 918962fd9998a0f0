package holdfast.judgement;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.judgement.Reason.Code;
import holdfast.plan.Limits;
import holdfast.plan.Obligation.CheckedEvery;
import holdfast.storage.Condition;
import holdfast.storage.Medium;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether every standing copy of a file was inspected within the calendar of its medium (P-1). A scrub that did not find
 * its canaries found nothing. Copies on caches and at sites that have left are no promise of ours.
 */
final class CalendarDuty {
    private final CheckedEvery duty;
    private final Holding holding;
    private final Surroundings surroundings;
    private final Limits limits;
    private final Instant now;
    private final Horizon horizon;
    private final List<Reason> reasons = new ArrayList<>();
    private Optional<Instant> oldest = Optional.empty();

    CalendarDuty(CheckedEvery duty, Holding holding, Surroundings surroundings, Instant now) {
        this.duty = duty;
        this.holding = holding;
        this.surroundings = surroundings;
        this.limits = surroundings.plan().limits();
        this.now = now;
        this.horizon = new Horizon(now);
    }

    Answer answer() {
        if (holding.file().flatMap(file -> file.belongs()).isEmpty()) {
            return Answers.plain(
                    Verdict.BREACHED, Code.NO_CLASS, "no class of the plan matches it, so no policy keeps it");
        }
        List<CopyRow> standing = holding.copies().stream()
                .filter(copy -> copy.state().stands() && isKept(copy))
                .toList();
        if (standing.isEmpty()) {
            return Answers.plain(Verdict.BREACHED, Code.NO_COPY, "no copy stands where anything is inspected");
        }
        standing.forEach(this::look);
        Verdict verdict = reasons.isEmpty() ? Verdict.MET : Verdict.UNDETERMINED;
        return new Answer(verdict, false, reasons, oldest, horizon.earliest(), Optional.empty());
    }

    private boolean isKept(CopyRow copy) {
        return surroundings
                .element(copy.storage())
                .map(e -> e.use() != Use.LEFT && !e.medium().equals(Optional.of(Medium.CACHE)))
                .orElse(false);
    }

    private void look(CopyRow copy) {
        boolean tape =
                surroundings.element(copy.storage()).map(StorageElement::isTape).orElse(false);
        Duration every = tape ? duty.tape() : duty.disk();
        Optional<Proof> proof =
                copy.proof().filter(p -> !p.at().isBefore(copy.writtenAt())).filter(p -> isInspection(p, copy));
        proof.ifPresent(p -> horizon.at(p.at().minus(limits.clockSkew())).at(p.at().plus(every)));
        Optional<Instant> read = proof.map(Proof::at).filter(at -> !at.isAfter(now.plus(limits.clockSkew())));
        if (read.isEmpty()) {
            add(Code.NOT_INSPECTED, copy, "not inspected since it was written " + Wording.time(copy.writtenAt()));
        } else if (!now.isBefore(read.get().plus(every))) {
            add(Code.PROOF_LATE, copy, "inspected " + Wording.time(read.get()) + ", due every " + Wording.span(every));
        }
        oldest = Answers.earlier(oldest, read);
        Optional<Condition.Scrub> scrub = surroundings.condition(copy.storage()).scrub();
        scrub.filter(s -> !s.canariesFound())
                .ifPresent(s -> add(
                        Code.SCRUB_VOID,
                        copy,
                        "the scrub of " + Wording.time(s.at()) + " missed a planted canary, so it is void"));
    }

    /** What a site says is none, and a sample of the cartridge only where the plan takes it for one. */
    private boolean isInspection(Proof proof, CopyRow copy) {
        return switch (proof.kind()) {
            case WHOLE_READ, MEDIUM, BUFFER -> true;
            case SITE_SAYS -> false;
            case CARTRIDGE_SAMPLE ->
                surroundings
                        .element(copy.storage())
                        .map(e -> ProofRule.Taken.at(e, limits).sample())
                        .orElse(false);
        };
    }

    private void add(Code code, CopyRow copy, String text) {
        reasons.add(new Reason(code, Optional.of(copy.storage()), copy.storage() + ": " + text));
    }
}
