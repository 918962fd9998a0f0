package holdfast.evidence;

import holdfast.catalog.CatalogFact;
import holdfast.catalog.ChangesCatalog;
import holdfast.catalog.CopyRow;
import holdfast.ingest.IngestFact;
import holdfast.ingest.Register;
import holdfast.journal.BadEntry;
import holdfast.journal.Entry;
import holdfast.journal.Fact;
import holdfast.judgement.Holding;
import holdfast.judgement.Trials;
import holdfast.judgement.Whole;
import holdfast.placement.PlacementFact;
import holdfast.plan.PlanFact;
import holdfast.plan.Waiver;
import holdfast.registry.RegistryFact;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact;
import holdfast.storage.Condition;
import holdfast.storage.DoorProbe;
import holdfast.storage.OpeningSample;
import holdfast.storage.StorageFact;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.StorageName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The journal folded in memory: what the rows of current state must be. Facts state their effects, so folding is putting
 * rows in place; nothing is decided here. Not safe for use by several threads.
 */
public final class Ledger {
    private final Map<DataId, Subject> subjects = new HashMap<>();
    private final RegisterBook register = new RegisterBook();
    private final Map<StorageName, Condition> conditions = new TreeMap<>();
    private final Map<DoorProbe.Key, DoorProbe> doors = new TreeMap<>();
    private final Map<OpeningSample.Key, OpeningSample> openings = new TreeMap<>();
    private final Map<UUID, Waiver> waivers = new TreeMap<>();
    private final ActBook acts = new ActBook();
    private final CatalogBook catalog = new CatalogBook();
    private Optional<PlanFact.PlanAdopted> adopted = Optional.empty();
    private long entries;

    /**
     * Folds the next entry.
     *
     * @throws BadEntry when its fact cannot be read or folded; the ledger is of no use then
     */
    public void apply(Entry entry) {
        apply(FactKinds.read(entry));
        entries++;
    }

    /** Folds a fact that is in no entry yet; {@link #entries} does not count it. */
    public void apply(Fact fact) {
        switch (fact) {
            case ChangesCatalog rows -> putRows(rows);
            case StorageFact.ConditionChanged changed ->
                changed.conditions().forEach(c -> conditions.put(c.element(), c));
            case StorageFact.DoorsTried tried -> tried.probes().forEach(p -> doors.put(p.key(), p));
            case StorageFact.SamplesOpened tried -> tried.samples().forEach(s -> openings.put(s.key(), s));
            case PlanFact.PlanAdopted plan -> adopted = Optional.of(plan);
            case PlanFact.WaiverGranted granted -> waivers.put(granted.waiver().id(), granted.waiver());
            case IngestFact.RegisterImported imported -> putRegister(imported.register());
            case RetentionFact retention -> acts.apply(retention);
            case CatalogFact.CollectionsChanged changed -> catalog.apply(changed);
            case CatalogFact.ContentChanged changed -> catalog.apply(changed);
            case CatalogFact.ArchiveFilled filled -> catalog.apply(filled);
            case PlacementFact placement -> catalog.apply(placement);
            case RegistryFact.DocumentsChanged changed -> catalog.apply(changed);
            // Evidence of what was tried; no row of current state follows from it.
            case EvidenceFact _ -> {}
            default -> throw new BadEntry("no fold for a fact of kind " + fact.kind());
        }
    }

    /** How many entries were folded. */
    public long entries() {
        return entries;
    }

    public Optional<PlanFact.PlanAdopted> adopted() {
        return adopted;
    }

    /** All that were ever granted, lapsed ones too. */
    public List<Waiver> waivers() {
        return List.copyOf(waivers.values());
    }

    /** The custody hold, while there is one. */
    public Optional<Hold> hold() {
        return acts.hold();
    }

    public Map<StorageName, Condition> conditions() {
        return Map.copyOf(conditions);
    }

    /** What was tried at elements, and when the source of members last spoke. */
    public Trials trials() {
        return new Trials(doors, openings, catalog.memberWords());
    }

    public Optional<Whole.RegisterState> register() {
        return register.state();
    }

    /** What is known of one file; empty when neither the catalogue nor the register names it. */
    public Optional<Holding> holding(DataId id) {
        return Optional.ofNullable(subjects.get(id)).map(this::holding);
    }

    /** Every file that the catalogue or the register names, in the order of names. */
    public Stream<Holding> holdings() {
        return inOrder().map(this::holding);
    }

    /** Files and copies alone, by name and element. */
    public Map<StorageName, CopyRow> copies(DataId id) {
        Map<StorageName, CopyRow> copies = new TreeMap<>();
        Optional.ofNullable(subjects.get(id)).stream()
                .flatMap(s -> s.copies().stream())
                .forEach(c -> copies.put(c.storage(), c));
        return copies;
    }

    /** The whole state as lines in {@link StateLines#ORDER}. */
    public Stream<String> stateLines() {
        return Stream.<Stream<String>>of(
                        acts.actLines(),
                        adopted.map(StateLines::adopted).stream(),
                        catalog.collectionLines(),
                        conditions.values().stream().map(StateLines::condition),
                        catalog.constituentLines(),
                        catalog.contentLines(),
                        inOrder().flatMap(s -> s.copies().stream()).map(StateLines::copy),
                        catalog.documentLines(),
                        doors.values().stream().map(StateLines::door).sorted(StateLines.ORDER),
                        expectedLines(),
                        inOrder().flatMap(s -> s.file().stream()).map(StateLines::file),
                        acts.holdLines(),
                        catalog.lockLines(),
                        openings.values().stream().map(StateLines::opening).sorted(StateLines.ORDER),
                        acts.publishedLines(),
                        register.registerLines(),
                        catalog.ruleLines(),
                        register.runLines(),
                        acts.signerLines(),
                        waivers.values().stream()
                                .map(StateLines::waiver)
                                .flatMap(Collection::stream)
                                .sorted(StateLines.ORDER))
                .flatMap(Function.identity());
    }

    /** SHA-256 over {@link #stateLines}. */
    public Digest stateHash() {
        return StateLines.hash(stateLines());
    }

    private void putRows(ChangesCatalog rows) {
        rows.files().forEach(f -> subject(f.id()).put(f));
        rows.copies().forEach(c -> subject(c.id()).put(c));
    }

    private void putRegister(Register imported) {
        register.edition(imported);
        for (Register.Run run : imported.runs()) {
            register.begin(run).forEach(this::expectNoMore);
            run.files().forEach(f -> expect(run.key(), f));
        }
    }

    private void expect(Register.RunKey run, Register.Expected file) {
        Subject subject = subject(file.id());
        subject.expected().ifPresent(before -> register.remove(before.run(), file.id()));
        subject.expect(new Subject.Expectation(run, file));
        register.add(run, file.id());
    }

    private void expectNoMore(DataId id) {
        Subject subject = subject(id);
        subject.expectNoMore();
        if (subject.isEmpty()) {
            subjects.remove(id);
        }
    }

    private Stream<String> expectedLines() {
        return subjects.values().stream()
                .flatMap(s -> s.expected().stream())
                .map(e -> StateLines.expected(e.run(), e.file()))
                .sorted(StateLines.ORDER);
    }

    private Subject subject(DataId id) {
        return subjects.computeIfAbsent(id, Subject::new);
    }

    private Stream<Subject> inOrder() {
        return subjects.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue);
    }

    private Holding holding(Subject subject) {
        return new Holding(
                subject.id,
                subject.file(),
                subject.expected().map(e -> register.expected(e.run(), e.file())),
                subject.copies(),
                acts.releasedBy(subject.id));
    }
}
