package holdfast.fixity;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.catalog.CopyState;
import holdfast.storage.ProofKind;
import java.util.Optional;

/** What a copy's row becomes after an inspection. Bad bytes need two reads; one makes the copy suspect. */
public final class Inspector {
    private Inspector() {}

    /** The row after the inspection; empty when nothing was learnt, so that nothing changes. */
    public static Optional<CopyRow> after(Inspection seen) {
        CopyRow copy = seen.copy();
        return switch (seen.outcome()) {
            case INTACT ->
                isOnTrial(copy) && !touchesMedium(seen)
                        ? Optional.empty()
                        : Optional.of(copy.proved(proof(seen), seen.locator()));
            case CORRUPT -> Optional.of(bad(seen, CopyState.CORRUPT));
            case UNREADABLE -> Optional.of(bad(seen, CopyState.UNREADABLE));
            case MISSING -> Optional.of(copy.state(CopyState.MISSING, seen.at(), seen.detail()));
            case NOT_CHECKED -> said(seen);
        };
    }

    /** Whether its medium is in doubt although it was read once: then only another read of the medium says anything. */
    private static boolean isOnTrial(CopyRow copy) {
        return (copy.state() == CopyState.SUSPECT || copy.state() == CopyState.CLAIMED)
                && copy.proof().map(Proof::fromMedium).orElse(false);
    }

    private static boolean touchesMedium(Inspection seen) {
        return seen.kind() == ProofKind.MEDIUM || seen.kind() == ProofKind.WHOLE_READ;
    }

    /**
     * A copy that waits for its read-back and of which the site says meanwhile where it lies on tape: the address and the
     * saying are kept beside it, and it is read back no less.
     */
    private static Optional<CopyRow> said(Inspection seen) {
        CopyRow copy = seen.copy();
        boolean isNew = copy.state() == CopyState.ARRIVED && copy.locator().isEmpty();
        return isNew && seen.kind() == ProofKind.SITE_SAYS
                ? seen.locator().map(where -> copy.said(new Proof(seen.at(), ProofKind.SITE_SAYS, false), where))
                : Optional.empty();
    }

    private static CopyRow bad(Inspection seen, CopyState confirmed) {
        CopyRow copy = seen.copy();
        CopyState next = switch (copy.state()) {
            case SUSPECT, CORRUPT, UNREADABLE -> confirmed;
            case ARRIVED, PROVED, MISSING, CLAIMED, RELEASING, RELEASED -> CopyState.SUSPECT;
        };
        return copy.state(next, seen.at(), seen.detail());
    }

    /**
     * The proof that the inspection leaves. A read that did not touch the medium never replaces one that did: it says
     * nothing of the medium's age. A cartridge sample carries the medium's proof on.
     */
    private static Proof proof(Inspection seen) {
        boolean mediumNow = touchesMedium(seen);
        Optional<Proof> medium = seen.copy().proof().filter(Proof::fromMedium);
        if (medium.isPresent() && (seen.kind() == ProofKind.BUFFER || seen.kind() == ProofKind.SITE_SAYS)) {
            return medium.get();
        }
        return new Proof(seen.at(), seen.kind(), mediumNow || medium.isPresent());
    }
}
