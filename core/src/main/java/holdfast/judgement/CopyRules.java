package holdfast.judgement;

import static holdfast.judgement.CopyStanding.Word.COUNTS;
import static holdfast.judgement.CopyStanding.Word.DOES_NOT_COUNT;
import static holdfast.judgement.CopyStanding.Word.MAY_COUNT;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.judgement.CopyStanding.Word;
import holdfast.judgement.Reason.Code;
import holdfast.plan.Limits;
import holdfast.storage.Condition;
import holdfast.storage.OpeningSample;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules for one copy. Each can only make its standing worse; the order of rules matters for the reasons alone. The
 * bytes come first (place, state, read-back, age), then whether the element can be trusted to give them back.
 */
final class CopyRules {
    private final CopyRow copy;
    private final Surroundings surroundings;
    private final Limits limits;
    private final Optional<StorageElement> element;
    private final Condition condition;
    private final Instant now;
    private final Horizon horizon;
    private final List<Reason> reasons = new ArrayList<>(1);
    private Word word = COUNTS;
    private boolean readBack;
    private Optional<Instant> silentSince = Optional.empty();

    CopyRules(CopyRow copy, Surroundings surroundings, Instant now) {
        this.copy = copy;
        this.surroundings = surroundings;
        this.limits = surroundings.plan().limits();
        this.element = surroundings.element(copy.storage());
        this.condition = surroundings.condition(copy.storage());
        this.now = now;
        this.horizon = new Horizon(now);
    }

    /** Whether anything can still come of this copy. */
    boolean isOpen() {
        return word != DOES_NOT_COUNT;
    }

    CopyStanding standing() {
        return new CopyStanding(copy, element, word, reasons, horizon.earliest(), silentSince);
    }

    /** Only archival media of sites that take part count; a medium that nobody named may be archival. */
    void place() {
        if (element.isPresent() && element.get().use() != Use.LEFT) {
            if (element.get().medium().isEmpty()) {
                cap(MAY_COUNT, Code.ATTRIBUTE_UNKNOWN, "nobody said on what medium it writes");
            } else if (!element.get().isArchival()) {
                cap(DOES_NOT_COUNT, Code.NOT_ARCHIVAL, "is no archival medium");
            }
        }
        anyPlace();
    }

    /** Sites that take part, and elements that are under no suspicion; whatever the medium. */
    void anyPlace() {
        if (element.isEmpty()) {
            cap(DOES_NOT_COUNT, Code.ELEMENT_LEFT, "is not in the sites file");
        } else if (element.get().use() == Use.LEFT) {
            cap(DOES_NOT_COUNT, Code.ELEMENT_LEFT, "its site has left");
        }
        if (isOpen() && condition.suspectSince().isPresent()) {
            String since = Wording.time(condition.suspectSince().get());
            cap(MAY_COUNT, Code.ELEMENT_SUSPECT, "the whole element is under suspicion since " + since);
        }
    }

    /** What the last inspection or act left the copy as. */
    void state() {
        switch (copy.state()) {
            case ARRIVED, PROVED -> {}
            case SUSPECT -> cap(MAY_COUNT, Code.SUSPECT, found("one bad read, a second one is due"));
            case CLAIMED -> cap(MAY_COUNT, Code.CLAIMED, found("somebody said it stands there; nothing was read"));
            case CORRUPT -> cap(DOES_NOT_COUNT, Code.CORRUPT, found("two reads gave other bytes"));
            case UNREADABLE -> cap(DOES_NOT_COUNT, Code.UNREADABLE, found("two reads failed"));
            case MISSING -> cap(DOES_NOT_COUNT, Code.MISSING, found("answers and has nothing there"));
            case RELEASING, RELEASED -> cap(DOES_NOT_COUNT, Code.RELEASING, "the copy is released");
        }
    }

    /**
     * Bytes that we never read from their medium since they were written may count for a while, then not at all; on tape for a
     * shorter while where nothing says that they left the disk buffer.
     */
    void readBack() {
        if (copy.state() == CopyState.CLAIMED) {
            return;
        }
        Optional<Reason> missing = notReadBack();
        if (missing.isEmpty()) {
            readBack = true;
            return;
        }
        Instant end = copy.writtenAt().plus(isInBufferOnly() ? bufferOnly() : limits.readBack());
        horizon.at(end);
        reasons.add(missing.get());
        worsen(now.isBefore(end) ? MAY_COUNT : DOES_NOT_COUNT);
    }

    /** A proof holds for the interval of its medium, unless facts that came after it may be missing. */
    void proofAge() {
        if (!readBack || copy.proof().isEmpty()) {
            return;
        }
        Proof proof = copy.proof().get();
        surroundings
                .doubtBefore()
                .filter(proof.at()::isBefore)
                .ifPresent(since -> cap(
                        MAY_COUNT,
                        Code.FACTS_MISSING,
                        "last read " + Wording.time(proof.at()) + "; facts written before the custody hold of "
                                + Wording.time(since) + " may be missing"));
        Instant late = proof.at().plus(isTape() ? limits.proofTape() : limits.proofDisk());
        horizon.at(late);
        if (!now.isBefore(late)) {
            cap(MAY_COUNT, Code.PROOF_LATE, "last read " + Wording.time(proof.at()) + ", due " + Wording.time(late));
        }
        if (isTape() && taken().buffer() && proof.kind() == ProofKind.BUFFER) {
            note(Code.PROOF_NOT_FROM_MEDIUM, "read from the buffer, which the plan takes as proof here");
        }
        if (isTape() && taken().sample() && proof.kind() == ProofKind.CARTRIDGE_SAMPLE) {
            note(
                    Code.PROOF_NOT_FROM_MEDIUM,
                    "read from the medium before, since then a sample of its cartridge, which the plan takes as proof here");
        }
        if (!ProofRule.agesFrom(proof, isTape(), taken())) {
            cap(
                    MAY_COUNT,
                    Code.PROOF_NOT_FROM_MEDIUM,
                    "the last proof did not read the medium, so the medium's own is of unknown age");
        }
    }

    /** Short silence and declared downtimes change nothing but are said; longer silence leaves a doubt. */
    void silence() {
        Reach reach = Reach.of(condition, limits, now);
        horizon.at(reach.validUntil());
        silentSince = reach.silentSince();
        switch (reach.state()) {
            case ANSWERS -> {}
            case EXCUSED -> note(Code.NOT_ANSWERING, reach.words());
            case SILENT_TOO_LONG -> cap(MAY_COUNT, Code.SILENT_TOO_LONG, reach.words());
        }
    }

    /** An element that gave nothing back in two drills, or has no drive, may not give this copy back either. */
    void recalls() {
        neverGivesBack(MAY_COUNT);
    }

    /** For access, an element that does not answer leaves a doubt at once, and after the limit none. */
    void reachableNow() {
        Reach reach = Reach.of(condition, limits, now);
        horizon.at(reach.validUntil());
        silentSince = reach.silentSince();
        switch (reach.state()) {
            case ANSWERS -> {}
            case EXCUSED -> cap(MAY_COUNT, Code.NOT_ANSWERING, reach.words());
            case SILENT_TOO_LONG -> cap(DOES_NOT_COUNT, Code.SILENT_TOO_LONG, reach.words());
        }
    }

    /** For access, tape needs a drill that worked within its interval; two failed in a row, or no drive, is none. */
    void recallableNow(Duration drillWithin) {
        neverGivesBack(DOES_NOT_COUNT);
        if (!isTape()) {
            return;
        }
        condition
                .lastDrill()
                .ifPresent(at -> horizon.at(at.minus(limits.clockSkew())).at(at.plus(drillWithin)));
        Optional<Instant> drill = condition.lastDrill().filter(at -> !at.isAfter(now.plus(limits.clockSkew())));
        if (drill.isEmpty()) {
            cap(MAY_COUNT, Code.DRILL_LATE, "no recall drill has worked yet");
        } else if (!now.isBefore(drill.get().plus(drillWithin))) {
            cap(MAY_COUNT, Code.DRILL_LATE, "the last recall drill that worked was " + Wording.time(drill.get()));
        }
    }

    /** For use, a sample of the files of the same class at the element was opened within its interval, and this was none that was not. */
    void opened(FileRow file, String format, Duration holds) {
        Optional<OpeningSample> sample =
                file.belongs().flatMap(b -> surroundings.trials().opening(copy.storage(), b.classId(), format));
        if (sample.isEmpty()) {
            cap(MAY_COUNT, Code.NO_OPENER, "no file like it was opened there as " + format + " yet");
            return;
        }
        Instant at = sample.get().at();
        horizon.at(at.minus(limits.clockSkew())).at(at.plus(holds));
        if (at.isAfter(now.plus(limits.clockSkew())) || !now.isBefore(at.plus(holds))) {
            cap(MAY_COUNT, Code.NO_OPENER, "files like it were last opened there " + Wording.time(at));
        } else if (sample.get().opened() == 0) {
            String why = sample.get().why().map(w -> ": " + w).orElse("");
            cap(MAY_COUNT, Code.NO_OPENER, "no file of the last sample was opened as " + format + why);
        }
        unopened(file, sample.get());
    }

    private void unopened(FileRow file, OpeningSample sample) {
        Optional<OpeningSample.Unopened> own =
                sample.unopened().stream().filter(u -> u.id().equals(file.id())).findFirst();
        if (own.isPresent()) {
            cap(
                    DOES_NOT_COUNT,
                    Code.NOT_OPENED,
                    "does not open: " + own.get().seen() + ", "
                            + Wording.time(own.get().at()));
        } else if (!sample.unopened().isEmpty()) {
            int files = sample.unopened().size();
            cap(MAY_COUNT, Code.NOT_OPENED, files + (files == 1 ? " file" : " files") + " like it there did not open");
        }
    }

    private void neverGivesBack(Word worst) {
        if (condition.failedDrills() >= 2) {
            cap(worst, Code.DRILL_FAILED, "the last " + condition.failedDrills() + " recall drills failed");
        }
        if (condition.workingDrives().equals(Optional.of(0))) {
            cap(worst, Code.NO_DRIVE, "no drive works");
        }
    }

    private Optional<Reason> notReadBack() {
        Optional<Proof> proof = copy.state() == CopyState.ARRIVED ? Optional.empty() : copy.proof();
        if (proof.isEmpty() || proof.get().at().isBefore(copy.writtenAt())) {
            String arrived = "arrived " + Wording.time(copy.writtenAt()) + ", not read back since";
            return Optional.of(reason(Code.NOT_READ_BACK, arrived + whereItIsSaidToBe()));
        }
        Instant counts = proof.get().at().minus(limits.clockSkew());
        if (counts.isAfter(now)) {
            horizon.at(counts);
            String future = "its proof is dated in the future, "
                    + Wording.time(proof.get().at());
            return Optional.of(reason(Code.PROOF_IN_FUTURE, future));
        }
        if (isTape() && copy.locator().isEmpty()) {
            return Optional.of(reason(Code.NOT_READ_BACK, "has no durable address on tape for it yet"));
        }
        if (!ProofRule.shows(proof.get(), isTape(), taken())) {
            return Optional.of(reason(
                    Code.PROOF_NOT_FROM_MEDIUM,
                    "the medium itself was not read since " + Wording.time(copy.writtenAt())));
        }
        return Optional.empty();
    }

    private boolean isTape() {
        return element.map(StorageElement::isTape).orElse(false);
    }

    /** Nothing is known of an address on tape. */
    private boolean isInBufferOnly() {
        return isTape() && copy.locator().isEmpty();
    }

    private Duration bufferOnly() {
        return limits.archived().compareTo(limits.readBack()) < 0 ? limits.archived() : limits.readBack();
    }

    private String whereItIsSaidToBe() {
        if (isInBufferOnly()) {
            return ", and not known to be on tape";
        }
        return copy.proof()
                .filter(p -> p.kind() == ProofKind.SITE_SAYS)
                .map(p -> "; on tape, as the site said " + Wording.time(p.at()))
                .orElse("");
    }

    private ProofRule.Taken taken() {
        return element.map(e -> ProofRule.Taken.at(e, limits)).orElse(ProofRule.Taken.NOTHING);
    }

    private String found(String otherwise) {
        return copy.finding().orElse(otherwise);
    }

    private void cap(Word at, Code code, String text) {
        reasons.add(reason(code, text));
        worsen(at);
    }

    private void note(Code code, String text) {
        reasons.add(reason(code, text));
    }

    private void worsen(Word at) {
        word = at.compareTo(word) > 0 ? at : word;
    }

    private Reason reason(Code code, String text) {
        return new Reason(code, Optional.of(copy.storage()), copy.storage() + ": " + text);
    }
}
