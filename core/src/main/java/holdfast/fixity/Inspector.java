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
            case INTACT -> Optional.of(copy.proved(proof(seen), seen.locator()));
            case CORRUPT -> Optional.of(bad(seen, CopyState.CORRUPT));
            case UNREADABLE -> Optional.of(bad(seen, CopyState.UNREADABLE));
            case MISSING -> Optional.of(copy.state(CopyState.MISSING, seen.at(), seen.detail()));
            case NOT_CHECKED -> Optional.empty();
        };
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
        boolean mediumNow = seen.kind() == ProofKind.MEDIUM || seen.kind() == ProofKind.WHOLE_READ;
        Optional<Proof> medium = seen.copy().proof().filter(Proof::fromMedium);
        if (medium.isPresent() && (seen.kind() == ProofKind.BUFFER || seen.kind() == ProofKind.SITE_SAYS)) {
            return medium.get();
        }
        return new Proof(seen.at(), seen.kind(), mediumNow || medium.isPresent());
    }
}
