package holdfast.server.races;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.evidence.Ledger;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.ingest.IngestFact.BytesReturned;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.journal.Fact;
import holdfast.transfer.TransferFact.CopiesArrived;
import java.util.List;
import java.util.Optional;

/** Reads the journal as it was written and asks of each fact whether it could still be true when it was. */
final class Chronicle {
    private final Ledger before;

    /** The fold of all facts before the one that is looked at. */
    Chronicle(Ledger before) {
        this.before = before;
    }

    void look(Fact fact) {
        switch (fact) {
            case FilesRegistered registered ->
                registered
                        .files()
                        .forEach(file -> require(
                                before.holding(file.id()).flatMap(h -> h.file()).isEmpty(),
                                file.id() + " registered twice"));
            case CopiesArrived arrived -> arrived.copies().forEach(c -> placed(c, "arrived"));
            case BytesReturned returned -> returned.copies().forEach(c -> placed(c, "returned"));
            case CopiesInspected inspected -> inspected.copies().forEach(this::inspected);
            default -> {}
        }
    }

    /** New bytes come only where none stand and none are being released, and never as an older writing. */
    private void placed(CopyRow copy, String how) {
        Optional<CopyRow> was = was(copy);
        require(
                was.map(c -> !c.state().stands() && c.state() != CopyState.RELEASING)
                        .orElse(true),
                "%s %s at %s although it was %s there"
                        .formatted(
                                copy.id(),
                                how,
                                copy.storage(),
                                was.map(c -> c.state().name()).orElse("")));
        require(
                was.map(c -> c.writing() <= copy.writing()).orElse(true),
                copy.id() + " " + how + " at " + copy.storage() + " as an older writing");
    }

    /** What was seen is of the bytes that the row speaks of, and never of a copy that is being released. */
    private void inspected(CopyRow copy) {
        Optional<CopyRow> was = was(copy);
        List<CopyState> gone = List.of(CopyState.RELEASING, CopyState.RELEASED);
        require(
                was.map(c -> c.writing() == copy.writing() && !gone.contains(c.state()) || gone.contains(copy.state()))
                        .orElse(true),
                "an inspection of %s at %s was written over %s".formatted(copy.id(), copy.storage(), was));
    }

    private Optional<CopyRow> was(CopyRow copy) {
        return Optional.ofNullable(before.copies(copy.id()).get(copy.storage()));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
