package holdfast.evidence;

import holdfast.catalog.CatalogFact;
import holdfast.fixity.FixityFact;
import holdfast.ingest.IngestFact;
import holdfast.journal.BadEntry;
import holdfast.journal.Entry;
import holdfast.journal.Fact;
import holdfast.journal.Line;
import holdfast.placement.PlacementFact;
import holdfast.plan.PlanFact;
import holdfast.registry.RegistryFact;
import holdfast.retention.RetentionFact;
import holdfast.storage.StorageFact;
import holdfast.transfer.TransferFact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Every kind and version of fact that this node can read (decision 0003). A reader once listed here stays for ever; a kind
 * or version that is not listed was written by a newer node, and nothing may go on from it.
 */
public final class FactKinds {
    private static final Map<FactKind, Reader> READERS = readers();

    private FactKinds() {}

    /** Reads a fact back from its lines. */
    private interface Reader {
        Fact read(List<Line> lines);
    }

    public static Set<FactKind> all() {
        return READERS.keySet();
    }

    /** The fact that an entry carries. */
    public static Fact read(Entry entry) {
        return read(new FactKind(entry.kind(), entry.version()), entry.lines());
    }

    /**
     * The fact that these lines state.
     *
     * @throws BadEntry for a kind or version that is not known, and for lines that the kind would not write so
     */
    public static Fact read(FactKind kind, List<Line> lines) {
        Reader reader = Optional.ofNullable(READERS.get(kind))
                .orElseThrow(() -> new BadEntry("a newer node wrote a fact of kind " + kind
                        + ", which this one cannot read: start the newer release instead"));
        Fact fact = read(kind, reader, lines);
        if (fact.version() == kind.version() && !fact.lines().equals(lines)) {
            throw new BadEntry("the lines of a fact of kind " + kind + " are not as that kind writes them");
        }
        return fact;
    }

    private static Fact read(FactKind kind, Reader reader, List<Line> lines) {
        try {
            return reader.read(lines);
        } catch (BadEntry e) {
            throw new BadEntry("a fact of kind " + kind + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException
                | NoSuchElementException
                | IndexOutOfBoundsException
                | ArithmeticException e) {
            // What the words' own checks, absent fields, lines too few and times too far away throw.
            throw new BadEntry("a fact of kind " + kind + " cannot be read: " + e);
        }
    }

    private static Map<FactKind, Reader> readers() {
        Map<FactKind, Reader> readers = new HashMap<>();
        for (String kind : StorageFact.ConditionChanged.kinds()) {
            first(readers, kind, lines -> StorageFact.ConditionChanged.read(kind, lines));
        }
        first(readers, StorageFact.SamplesOpened.KIND, StorageFact.SamplesOpened::read);
        first(readers, StorageFact.DoorsTried.KIND, StorageFact.DoorsTried::read);
        first(readers, PlanFact.PlanAdopted.KIND, PlanFact.PlanAdopted::read);
        first(readers, PlanFact.WaiverGranted.KIND, PlanFact.WaiverGranted::read);
        first(readers, IngestFact.BytesReturned.KIND, IngestFact.BytesReturned::read);
        first(readers, RetentionFact.SignerNamed.KIND, RetentionFact.SignerNamed::read);
        for (String kind : RetentionFact.ActChanged.kinds()) {
            first(readers, kind, lines -> RetentionFact.ActChanged.read(kind, lines));
        }
        first(readers, RetentionFact.HoldBegan.KIND, RetentionFact.HoldBegan::read);
        first(readers, RetentionFact.HoldLifted.KIND, RetentionFact.HoldLifted::read);
        for (String kind : RetentionFact.CopiesDecided.kinds()) {
            first(readers, kind, lines -> RetentionFact.CopiesDecided.read(kind, lines));
        }
        first(readers, RetentionFact.FilesDeclaredLost.KIND, RetentionFact.FilesDeclaredLost::read);
        first(readers, RetentionFact.ReleaseRefused.KIND, RetentionFact.ReleaseRefused::read);
        first(readers, RetentionFact.Published.KIND, RetentionFact.Published::read);
        first(readers, RetentionFact.RemovalHanded.KIND, RetentionFact.RemovalHanded::read);
        first(readers, EvidenceFact.RestoreDrilled.KIND, EvidenceFact.RestoreDrilled::read);
        first(readers, CatalogFact.FilesPlaced.KIND, CatalogFact.FilesPlaced::read);
        first(readers, CatalogFact.FilesDescribed.KIND, CatalogFact.FilesDescribed::read);
        first(readers, CatalogFact.CopiesClaimed.KIND, CatalogFact.CopiesClaimed::read);
        first(readers, CatalogFact.CollectionsChanged.KIND, CatalogFact.CollectionsChanged::read);
        for (String kind : CatalogFact.ContentChanged.kinds()) {
            first(readers, kind, lines -> CatalogFact.ContentChanged.read(kind, lines));
        }
        first(readers, CatalogFact.ArchiveFilled.KIND, CatalogFact.ArchiveFilled::read);
        first(readers, PlacementFact.RulesChanged.KIND, PlacementFact.RulesChanged::read);
        for (String kind : PlacementFact.LocksChanged.kinds()) {
            first(readers, kind, lines -> PlacementFact.LocksChanged.read(kind, lines));
        }
        first(readers, RegistryFact.DocumentsChanged.KIND, RegistryFact.DocumentsChanged::read);
        first(readers, IngestFact.FilesRegistered.KIND, IngestFact.FilesRegistered::read);
        first(readers, IngestFact.SourceReleased.KIND, IngestFact.SourceReleased::read);
        first(readers, IngestFact.RegisterImported.KIND, IngestFact.RegisterImported::read);
        first(readers, TransferFact.CopiesArrived.KIND, TransferFact.CopiesArrived::read);
        first(readers, FixityFact.CopiesInspected.KIND, FixityFact.CopiesInspected::read);
        return Map.copyOf(readers);
    }

    /** Lists the reader of a kind's first version. */
    private static void first(Map<FactKind, Reader> readers, String kind, Reader reader) {
        if (readers.put(new FactKind(kind, 1), reader) != null) {
            throw new IllegalStateException("two readers for " + kind);
        }
    }
}
