package holdfast.server.sql;

import holdfast.catalog.CatalogFact;
import holdfast.catalog.ChangesCatalog;
import holdfast.evidence.EvidenceFact;
import holdfast.fixity.FixityFact;
import holdfast.ingest.IngestFact;
import holdfast.ingest.IngestFact.RegisterImported;
import holdfast.journal.Fact;
import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.placement.PlacementFact;
import holdfast.plan.PlanFact;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.plan.PlanFact.WaiverGranted;
import holdfast.registry.RegistryFact;
import holdfast.retention.RetentionFact;
import holdfast.storage.StorageFact;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fold of facts into rows: each row that a fact names takes the values it states, and its subject becomes due. */
public final class Rows {
    private final FileTable files;
    private final CopyTable copies;
    private final RegisterTables register;
    private final DueTable due;
    private final ActTables acts;
    private final CollectionTable collections;
    private final ArchiveTable archives;
    private final FolderTable folders;
    private final RuleTables rules;
    private final TrialTables trials;
    private final DocumentTable documents = new DocumentTable();
    private final Words words;

    public Rows(Words words) {
        this.words = words;
        this.files = new FileTable(words);
        this.copies = new CopyTable(words);
        this.register = new RegisterTables(words);
        this.due = new DueTable();
        this.collections = new CollectionTable(words);
        this.archives = new ArchiveTable(words);
        this.folders = new FolderTable(words);
        this.rules = new RuleTables(words);
        this.acts = new ActTables();
        this.trials = new TrialTables(words);
    }

    /** A row is not as the fact expects; the transaction must be rolled back. */
    public static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1;

        Conflict(String what) {
            super(what);
        }
    }

    /** Writes what a fact states, within its transaction. */
    void take(Connection connection, Fact fact, Instant at) throws SQLException {
        switch (fact) {
            case IngestFact.FilesRegistered registered -> register(connection, registered);
            case ChangesCatalog changed -> change(connection, changed);
            case RegisterImported imported -> {
                register.take(connection, imported.register());
                due.names(connection, register.names(imported.register()));
            }
            case StorageFact storage -> take(connection, storage);
            case PlanFact plan -> take(connection, plan, at);
            case RetentionFact retention -> take(connection, retention);
            case CatalogFact.CollectionsChanged changed -> collections.take(connection, changed.collections());
            case CatalogFact.ContentChanged changed -> collections.take(connection, changed);
            case CatalogFact.ArchiveFilled filled -> archives.take(connection, filled);
            case PlacementFact placement -> rules.take(connection, placement);
            case RegistryFact.DocumentsChanged changed -> take(connection, changed);
            case EvidenceFact.RestoreDrilled drilled -> Drilled.keep(connection, drilled);
            default -> throw new IllegalStateException("no rows are known for facts of kind " + fact.kind());
        }
    }

    private void take(Connection connection, RetentionFact fact) throws SQLException {
        acts.take(connection, fact);
        if (fact instanceof RetentionFact.HoldBegan || fact instanceof RetentionFact.HoldLifted) {
            due.everywhere(connection);
        }
    }

    private void take(Connection connection, RegistryFact.DocumentsChanged fact) throws SQLException {
        documents.take(connection, fact);
        List<Integer> scopes = fact.changes().stream()
                .filter(c -> c.name().kind().equals(ObservedScopes.KIND))
                .map(c -> words.number(Words.Kind.SCOPE, c.name().key()))
                .toList();
        if (!scopes.isEmpty()) {
            due.everywhereOf(connection, scopes);
        }
    }

    private void register(Connection connection, IngestFact.FilesRegistered fact) throws SQLException {
        if (files.insert(connection, fact.files()) != fact.files().size()) {
            throw new Conflict("a name among these " + fact.files().size() + " files was registered meanwhile");
        }
        CollectionTable.refuseNames(
                connection, fact.files().stream().map(f -> f.id().key()).toList());
        folders.note(connection, fact.files());
        copies.write(connection, fact.copies());
        due.names(connection, ids(fact));
    }

    private void change(Connection connection, ChangesCatalog fact) throws SQLException {
        if (files.update(connection, fact.files()) != fact.files().size()) {
            throw new Conflict("a file of this fact is not registered under its key: " + fact.kind());
        }
        copies.write(connection, fact.copies());
        due.names(connection, ids(fact));
        if (fact instanceof FixityFact.CopiesInspected inspected) {
            Marks.answered(connection, inspected.copies());
        }
    }

    private void take(Connection connection, StorageFact fact) throws SQLException {
        switch (fact) {
            case StorageFact.DoorsTried tried -> trials.take(connection, tried);
            case StorageFact.SamplesOpened opened -> trials.take(connection, opened);
            case ConditionChanged changed -> {
                List<Line> lines = changed.lines();
                for (int i = 0; i < lines.size(); i++) {
                    int storage = words.number(
                            Words.Kind.STORAGE,
                            changed.conditions().get(i).element().name());
                    try (PreparedStatement upsert =
                            connection.prepareStatement("insert into condition(storage_id, line)"
                                    + " values (?, ?) on conflict (storage_id) do update set line = excluded.line")) {
                        upsert.setInt(1, storage);
                        upsert.setString(2, lines.get(i).text());
                        upsert.executeUpdate();
                    }
                    if (matters(changed.cause())) {
                        due.everywhereAt(connection, storage);
                    }
                }
            }
        }
    }

    /** Whether a change of condition can change the answer for a file: a listing alone never does. */
    private static boolean matters(ConditionChanged.Cause cause) {
        return switch (cause) {
            case LISTED -> false;
            case FELL_SILENT,
                    ANSWERS_AGAIN,
                    DOWNTIME_DECLARED,
                    RECALL_DRILLED,
                    SCRUBBED,
                    DRIVES_CHANGED,
                    SUSPECTED,
                    CLEARED -> true;
        };
    }

    private void take(Connection connection, PlanFact fact, Instant at) throws SQLException {
        switch (fact) {
            case PlanAdopted adopted -> {
                try (PreparedStatement insert = connection.prepareStatement(
                        "insert into adopted(at, version, digest, plan, sites, policy) values (?, ?, ?, ?, ?, ?)")) {
                    insert.setLong(1, Micros.of(at));
                    insert.setString(2, adopted.planVersion());
                    insert.setBytes(3, adopted.digest().value());
                    insert.setString(4, adopted.planText());
                    insert.setString(5, adopted.sitesText());
                    insert.setString(6, adopted.policyText());
                    insert.executeUpdate();
                }
                due.everywhere(connection);
            }
            case WaiverGranted granted -> {
                String lines = granted.lines().stream().map(Line::text).collect(Collectors.joining("\n"));
                try (PreparedStatement insert = connection.prepareStatement(
                        "insert into waiver(id, clause, from_at, until_at, lines) values (?, ?, ?, ?, ?)")) {
                    insert.setObject(1, granted.waiver().id());
                    insert.setString(2, granted.waiver().clause().name());
                    insert.setLong(3, Micros.of(granted.waiver().from()));
                    insert.setLong(4, Micros.of(granted.waiver().until()));
                    insert.setString(5, lines);
                    insert.executeUpdate();
                }
            }
        }
    }

    private static List<NameKey> ids(ChangesCatalog fact) {
        Stream<DataId> ofFiles = fact.files().stream().map(f -> f.id());
        Stream<DataId> ofCopies = fact.copies().stream().map(c -> c.id());
        return new ArrayList<>(Stream.concat(ofFiles, ofCopies)
                .map(DataId::key)
                .collect(Collectors.toCollection(java.util.TreeSet::new)));
    }
}
