package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CatalogFact.ContentChanged;
import holdfast.catalog.CollectionRow;
import holdfast.catalog.CopyState;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.placement.PlacementFact.LocksChanged;
import holdfast.placement.PlacementFact.RulesChanged;
import holdfast.placement.Rule;
import holdfast.placement.RuleLock;
import holdfast.registry.Document;
import holdfast.registry.RegistryFact.DocumentsChanged;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.keeping.Auditor.Audit;
import holdfast.server.sql.Database;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets and containers, what they hold, and the rules over them: as facts, as rows, and the two compared. */
class CollectionsTest {
    private static final Actor ACTOR = new Actor("root");
    private static final AccountName ROOT = new AccountName("root");
    private static final DataId FILE = Laboratory.id("/lab/raw/run1/a.dat");
    private static final DataId DATASET = Laboratory.id("/lab/sets/one");
    private static final DataId CONTAINER = Laboratory.id("/lab/sets/all");

    @TempDir
    Path folder;

    private Laboratory lab;

    @BeforeEach
    void begin() throws Exception {
        lab = new Laboratory(TestDatabase.migrated(), folder);
        lab.send(FILE, Laboratory.bytes(FILE.name()));
        append(new CollectionsChanged(List.of(
                collection(DATASET, CollectionRow.Kind.DATASET), collection(CONTAINER, CollectionRow.Kind.CONTAINER))));
        append(new ContentChanged(ContentChanged.Change.ATTACHED, DATASET, List.of(FILE)));
        append(new ContentChanged(ContentChanged.Change.ATTACHED, CONTAINER, List.of(DATASET)));
    }

    @AfterEach
    void end() throws Exception {
        lab.close();
    }

    @Test
    void theRowsAreTheJournalFolded() {
        Rule rule = rule();
        append(new RulesChanged(List.of(rule)));
        append(new LocksChanged(LocksChanged.Change.TAKEN, List.of(lock(rule))));
        append(new DocumentsChanged(List.of(new DocumentsChanged.Change(
                new Document.Name("account", "root"), Optional.of("{\"type\":\"SERVICE\"}")))));
        agrees();

        append(new ContentChanged(ContentChanged.Change.DETACHED, DATASET, List.of(FILE)));
        append(new ContentChanged(ContentChanged.Change.DETACHED, CONTAINER, List.of(DATASET)));
        append(new RulesChanged(List.of(rule.remove(lab.house.clock.now()))));
        append(new DocumentsChanged(
                List.of(new DocumentsChanged.Change(new Document.Name("account", "root"), Optional.empty()))));
        agrees();
        assertThat(lab.count("select count(*) from rule_lock")).isZero();
        assertThat(lab.count("select count(*) from dataset_home")).isZero();
    }

    @Test
    void aRuleOverADatasetBringsItsFilesAndThoseThatCameLater() {
        lab.rest();
        assertThat(lab.copy(FILE, Laboratory.FAR)).isEmpty();
        Rule rule = rule();
        append(new RulesChanged(List.of(rule)));
        append(new LocksChanged(LocksChanged.Change.TAKEN, List.of(lock(rule))));
        DataId later = Laboratory.id("/lab/raw/run2/b.dat");
        lab.send(later, Laboratory.bytes(later.name()));
        append(new ContentChanged(ContentChanged.Change.ATTACHED, DATASET, List.of(later)));

        lab.rest();

        assertThat(lab.copy(FILE, Laboratory.FAR).orElseThrow().state()).isEqualTo(CopyState.PROVED);
        assertThat(lab.copy(later, Laboratory.FAR).orElseThrow().state()).isEqualTo(CopyState.PROVED);
        assertThat(lab.count(
                        "select sum(files) from present p join word w on w.id = p.storage_id where w.text = 'FAR-RAW'"))
                .isEqualTo(2);
        agrees();
    }

    @Test
    void aNameIsAFilesOrACollectionsAndNeverBoth() {
        Appended dataset = lab.house.journal.append(
                new CollectionsChanged(List.of(collection(FILE, CollectionRow.Kind.DATASET))), ACTOR);
        assertThat(dataset).isInstanceOf(Appended.Refused.class);
        Appended file = lab.house.journal.append(new FilesRegistered(List.of(lab.row(DATASET, 1)), List.of()), ACTOR);
        assertThat(file).isInstanceOf(Appended.Refused.class);
        agrees();
    }

    private CollectionRow collection(DataId id, CollectionRow.Kind kind) {
        return CollectionRow.begin(id, kind, ROOT, "{}", lab.house.clock.now());
    }

    private Rule rule() {
        var now = lab.house.clock.now();
        UUID id = Database.newId();
        return new Rule(
                id,
                new Rule.Target(DATASET, Rule.Target.Kind.DATASET),
                new Rule.Wish(1, "FAR-RAW", Rule.Grouping.DATASET, Optional.empty(), Optional.empty()),
                new Rule.Hold(ROOT, false, 3, now, now, Optional.empty()),
                Optional.empty(),
                "{}",
                false);
    }

    private static RuleLock lock(Rule rule) {
        return new RuleLock(rule.id(), DATASET, RuleLock.Holds.DATASET, Laboratory.FAR);
    }

    private void append(Fact fact) {
        assertThat(lab.house.journal.append(fact, ACTOR)).isInstanceOf(Appended.Done.class);
    }

    private void agrees() {
        Audit audit = lab.house.auditor.audit();
        assertThat(audit.differences()).isEmpty();
        assertThat(audit.agrees()).isTrue();
    }
}
