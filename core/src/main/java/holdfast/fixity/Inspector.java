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

    private static Proof proof(Inspection seen) {
        boolean mediumNow = seen.kind() == ProofKind.MEDIUM || seen.kind() == ProofKind.WHOLE_READ;
        boolean mediumBefore = seen.copy().proof().map(Proof::fromMedium).orElse(false);
        return new Proof(seen.at(), seen.kind(), mediumNow || mediumBefore);
    }
}
