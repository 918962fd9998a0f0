package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CatalogFact.ContentChanged;
import holdfast.catalog.CatalogFact.CopiesClaimed;
import holdfast.catalog.CollectionRow;
import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.placement.Rule;
import holdfast.placement.RuleLock;
import holdfast.plan.Attributes;
import holdfast.retention.RetentionFact.CopiesDecided;
import holdfast.retention.RetentionFact.CopiesDecided.Decision;
import holdfast.server.catalog.RuleDetails;
import holdfast.server.catalog.RuleRequest;
import holdfast.server.catalog.RuleState;
import holdfast.server.catalog.RuleView;
import holdfast.server.config.RuleModel.Lock;
import holdfast.server.config.RuleModel.Ruled;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.sql.RuleTables;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.Visible;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attaching, detaching, rules, copies that come and copies that go, by chance: what the house derives equals a model in
 * plain maps, whether its summaries are up to date or not.
 */
class RuleModelTest {
    private static final int SEEDS = Integer.getInteger("holdfast.rules.seeds", 1_000);
    private static final int STEPS = 12;
    private static final Actor ROOT = new Actor("root");
    private static final List<StorageName> ELEMENTS = List.of(Laboratory.HOME, Laboratory.NEAR, Laboratory.FAR);

    @TempDir
    Path folder;

    private Laboratory lab;
    private RuleTables tables;

    @Test
    void whatIsDerivedIsWhatAModelSays() throws Exception {
        long began = System.nanoTime();
        try (Laboratory opened = new Laboratory(TestDatabase.migrated(), folder)) {
            lab = opened;
            tables = new RuleTables(lab.house.words);
            for (int seed = Integer.getInteger("holdfast.rules.from", 0); seed < SEEDS; seed++) {
                new Run(seed).play();
            }
            assertThat(lab.house.auditor.audit().differences()).isEmpty();
        }
        System.out.printf(
                "rules against a model: %d seeds of %d steps, no difference; %d s%n",
                SEEDS, STEPS, (System.nanoTime() - began) / 1_000_000_000);
    }

    /** One seed, in a scope and an account of its own. */
    private final class Run {
        private final int seed;
        private final Random random;
        private final Scope scope;
        private final AccountName account;
        private final RuleModel model = new RuleModel();
        private int made;

        Run(int seed) {
            this.seed = seed;
            this.random = new Random(seed * 0x9E3779B97F4A7C15L + 11);
            this.scope = new Scope("s" + seed);
            this.account = new AccountName("a" + seed);
        }

        void play() {
            files(6);
            for (int i = 0; i < 3; i++) {
                collection(CollectionRow.Kind.DATASET, model.members);
            }
            collection(CollectionRow.Kind.CONTAINER, model.children);
            for (int step = 0; step < STEPS; step++) {
                step();
                if (random.nextInt(4) == 0) {
                    lab.house.attendant.step();
                }
            }
            lab.house.ruleKeeper.step();
            compare();
        }

        private void step() {
            switch (random.nextInt(9)) {
                case 0, 1 -> attach(any(model.members.keySet()), model.members, model.sizes.keySet());
                case 2 -> detach(any(model.members.keySet()), model.members);
                case 3 -> attach(any(model.children.keySet()), model.children, model.members.keySet());
                case 4 -> detach(any(model.children.keySet()), model.children);
                case 5, 6 -> rule();
                case 7 -> come();
                default -> go();
            }
        }

        private void files(int count) {
            List<FileRow> rows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                DataId id = new DataId(scope, "/d%d/f%d.dat".formatted(i % 2, i));
                long size = 1 + random.nextInt(1_000);
                model.sizes.put(id, size);
                rows.add(new FileRow(
                        id,
                        new ByteSize(size),
                        Digests.NONE,
                        FileRow.DigestOrigin.SOURCE,
                        Optional.empty(),
                        Attributes.NONE,
                        lab.house.clock.now(),
                        new FileRow.Source("root", FileRow.SourceState.UNKNOWN),
                        false,
                        false));
            }
            append(new FilesRegistered(rows, List.of()));
        }

        private void collection(CollectionRow.Kind kind, Map<DataId, Set<DataId>> where) {
            DataId id = new DataId(scope, "/sets/%s%d".formatted(kind, made++));
            where.put(id, new TreeSet<>());
            append(new CollectionsChanged(
                    List.of(CollectionRow.begin(id, kind, AccountName.ROOT, "{}", lab.house.clock.now()))));
        }

        private void attach(DataId parent, Map<DataId, Set<DataId>> where, Collection<DataId> among) {
            Set<DataId> its = where.get(parent);
            List<DataId> fresh = among.stream()
                    .filter(c -> !its.contains(c) && random.nextInt(3) == 0)
                    .toList();
            if (!fresh.isEmpty()) {
                its.addAll(fresh);
                append(new ContentChanged(ContentChanged.Change.ATTACHED, parent, fresh));
                settleAtTimes();
            }
        }

        private void detach(DataId parent, Map<DataId, Set<DataId>> where) {
            Set<DataId> its = where.get(parent);
            List<DataId> gone = its.stream().filter(c -> random.nextInt(3) == 0).toList();
            if (!gone.isEmpty()) {
                gone.forEach(its::remove);
                append(new ContentChanged(ContentChanged.Change.DETACHED, parent, gone));
                settleAtTimes();
            }
        }

        /** What was detached and attached again between two turns keeps its locks, so the model looks at every turn. */
        private void settleAtTimes() {
            lab.house.ruleKeeper.step();
            model.rules.keySet().forEach(this::learn);
        }

        private void rule() {
            if (!model.rules.isEmpty() && random.nextInt(4) == 0) {
                UUID id = any(model.rules.keySet());
                lab.house.ruleBook.remove(account, id);
                model.rules.remove(id);
                return;
            }
            List<DataId> targets = new ArrayList<>(model.members.keySet());
            targets.addAll(model.children.keySet());
            targets.add(any(model.sizes.keySet()));
            DataId target = any(targets);
            Set<StorageName> named = new TreeSet<>(ELEMENTS);
            named.removeIf(e -> random.nextInt(4) == 0 && named.size() > 1);
            int copies = 1 + random.nextInt(Math.min(2, named.size()));
            String expression = named.stream().map(StorageName::name).collect(Collectors.joining("|"));
            Rule.Grouping grouping = Rule.Grouping.values()[random.nextInt(3)];
            boolean same = model.rules.values().stream()
                    .anyMatch(r -> r.target.equals(target) && r.named.equals(named) && r.copies == copies);
            if (same) {
                return;
            }
            Rule.Wish wish = new Rule.Wish(copies, expression, grouping, Optional.empty(), Optional.empty());
            RuleRequest request = new RuleRequest(
                    List.of(target),
                    account,
                    wish,
                    Optional.empty(),
                    false,
                    3,
                    Optional.empty(),
                    RuleDetails.of("{\"ignore_account_limit\":true}"));
            UUID id =
                    lab.house.ruleBook.add(account, request, Visible.EVERYTHING).getFirst();
            model.rules.put(id, new Ruled(target, copies, named, grouping));
            learn(id);
        }

        private void come() {
            DataId file = any(model.sizes.keySet());
            StorageName at = ELEMENTS.get(random.nextInt(ELEMENTS.size()));
            if (model.available.computeIfAbsent(file, f -> new TreeSet<>()).add(at)) {
                append(new CopiesClaimed(List.of(copy(file, at, CopyState.CLAIMED))));
            }
        }

        private void go() {
            DataId file = any(model.sizes.keySet());
            Set<StorageName> its = model.available.getOrDefault(file, new TreeSet<>());
            if (!its.isEmpty()) {
                StorageName at = any(its);
                its.remove(at);
                boolean lost = random.nextBoolean();
                append(new CopiesDecided(
                        lost ? Decision.DECLARED_MISSING : Decision.RELEASED,
                        List.of(copy(file, at, lost ? CopyState.MISSING : CopyState.RELEASED))));
            }
        }

        private CopyRow copy(DataId file, StorageName at, CopyState state) {
            return lab.copy(file, at, state);
        }

        /** Takes note of what the house took for groups that are new, and lets go of groups that are none any more. */
        private void learn(UUID id) {
            Ruled rule = model.rules.get(id);
            Map<DataId, Set<StorageName>> took = new TreeMap<>();
            for (RuleLock lock : lab.house.database.read(c -> tables.locks(c, id))) {
                took.computeIfAbsent(lock.of(), g -> new TreeSet<>()).add(lock.at());
            }
            assertThat(took.keySet()).as("seed " + seed).isEqualTo(model.groups(rule));
            rule.taken.keySet().retainAll(took.keySet());
            took.forEach((group, at) -> {
                assertThat(model.faults(rule, group, at)).as("seed " + seed).isEmpty();
                rule.taken.put(group, at);
            });
        }

        private void compare() {
            Map<StorageName, Long> used = new TreeMap<>();
            lab.house
                    .database
                    .read(c -> lab.house.usage.used(c, account))
                    .forEach((at, its) -> used.put(at, its.bytes()));
            used.values().removeIf(b -> b == 0);
            assertThat(used).as("usage, seed " + seed).isEqualTo(model.usage());
            model.rules.forEach(this::compare);
        }

        private void compare(UUID id, Ruled rule) {
            learn(id);
            Set<Lock> locks = new TreeSet<>();
            Set<Lock> kept = new TreeSet<>();
            lab.house.ruleViews.locks(id, Visible.EVERYTHING, l -> {
                locks.add(new Lock(l.file(), l.at()));
                if (l.available()) {
                    kept.add(new Lock(l.file(), l.at()));
                }
            });
            assertThat(locks).as("locks, seed " + seed).isEqualTo(model.locks(rule));
            RuleView view = lab.house.ruleViews.rule(id, Visible.EVERYTHING);
            assertThat(view.ok()).as("seed " + seed).isEqualTo(model.kept(rule)).isEqualTo(kept.size());
            assertThat(view.ok() + view.replicating() + view.stuck())
                    .as("seed " + seed)
                    .isEqualTo(locks.size());
            RuleState state = kept.size() == locks.size() ? RuleState.OK : RuleState.REPLICATING;
            assertThat(view.state()).as("seed " + seed).isEqualTo(state);
        }

        private <T> T any(Collection<T> some) {
            return List.copyOf(some).get(random.nextInt(some.size()));
        }

        private void append(Fact fact) {
            assertThat(lab.house.journal.append(fact, ROOT)).isInstanceOf(Appended.Done.class);
        }
    }
}
