package holdfast.server.adoption;

import holdfast.journal.Fact;
import holdfast.placement.PlacementFact.LocksChanged;
import holdfast.placement.Rule;
import holdfast.placement.RuleLock;
import holdfast.server.adoption.AdoptionJournal.Step;
import holdfast.server.adoption.RuleSaid.LockSaid;
import holdfast.server.api.rucio.wire.Ids;
import holdfast.server.catalog.Places;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.CollectionTable.Numbered;
import holdfast.server.sql.Descent;
import holdfast.server.sql.RuleTables;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Takes over where rules of the other server hold what they are about. There each file has a lock of its own; here a rule
 * that keeps datasets together locks the dataset, so a file's lock becomes that of the one dataset through which the rule
 * holds it.
 */
public final class AdoptedLocks {
    private final AdoptionJournal journal;
    private final RuleTables rules;
    private final CollectionTable collections;
    private final Descent descent;
    private final Places places;

    public AdoptedLocks(Words words, SqlJournal journal, Places places) {
        this.journal = new AdoptionJournal(journal);
        this.rules = new RuleTables(words);
        this.collections = new CollectionTable(words);
        this.descent = new Descent(words);
        this.places = places;
    }

    /** What became of a batch. */
    public record Taken(Counted locks, List<Conflict> conflicts) {}

    private record Read(UUID rule, DataId of, StorageName at) {}

    /** One transaction; 409 where the target of a rule stands in a scope that is managed here. */
    public Taken take(List<LockSaid> said) {
        List<Conflict> unread = new ArrayList<>();
        List<Read> read =
                said.stream().flatMap(one -> read(one, unread).stream()).toList();
        return journal.append(List.of(), connection -> {
            Batch batch = new Batch(connection, unread, read);
            Set<RuleLock> wanted = new LinkedHashSet<>();
            for (Read one : read) {
                batch.lock(one).ifPresent(wanted::add);
            }
            AdoptionJournal.refuseManaged(connection, batch.scopes());
            wanted.removeAll(rules.standing(connection, List.copyOf(wanted)));
            List<Fact> facts = wanted.isEmpty()
                    ? List.of()
                    : List.of(new LocksChanged(LocksChanged.Change.TAKEN, List.copyOf(wanted)));
            long known = said.size() - wanted.size() - batch.conflicts.size();
            return new Step<>(facts, new Taken(new Counted(wanted.size(), known), batch.conflicts));
        });
    }

    private Optional<Read> read(LockSaid said, List<Conflict> conflicts) {
        try {
            DataId of = new DataId(new Scope(said.scope()), said.name());
            StorageName at = new StorageName(said.rse());
            Optional<UUID> rule = Ids.read(said.rule());
            if (rule.isEmpty() || places.find(at).isEmpty()) {
                String why = rule.isEmpty() ? "an id has 32 hexadecimal digits" : "the element is not known here";
                conflicts.add(Conflict.of(of, rule.isEmpty() ? "lock" : "rse", why, said.rule() + " at " + at));
                return Optional.empty();
            }
            return Optional.of(new Read(rule.get(), of, at));
        } catch (BadWord bad) {
            conflicts.add(
                    new Conflict(said.scope(), said.name(), "lock", String.valueOf(bad.getMessage()), said.rule()));
            return Optional.empty();
        }
    }

    /** What a batch comes to, as the rows stand now. */
    private final class Batch {
        private final Connection connection;
        private final List<Conflict> conflicts;
        private final Map<UUID, Optional<Rule>> known = new HashMap<>();
        private final Map<UUID, Map<Long, DataId>> covered = new HashMap<>();
        private final Map<NameKey, List<Long>> parents;

        Batch(Connection connection, List<Conflict> unread, List<Read> read) throws SQLException {
            this.connection = connection;
            this.conflicts = new ArrayList<>(unread);
            this.parents = Descent.parents(
                    connection, read.stream().map(r -> r.of.key()).distinct().toList());
        }

        List<Scope> scopes() {
            return known.values().stream()
                    .flatMap(Optional::stream)
                    .map(r -> r.target().id().scope())
                    .distinct()
                    .toList();
        }

        Optional<RuleLock> lock(Read one) throws SQLException {
            Optional<Rule> rule = rule(one.rule);
            if (rule.isEmpty()) {
                return leave(one, "the rule is not here");
            }
            boolean single = rule.get().target().kind() == Rule.Target.Kind.FILE
                    || rule.get().wish().grouping() == Rule.Grouping.NONE;
            List<Long> datasets = parents.getOrDefault(one.of.key(), List.of());
            if (single) {
                boolean covers = rule.get().target().id().equals(one.of)
                        || datasets.stream().anyMatch(covered(rule.get())::containsKey);
                return covers
                        ? Optional.of(new RuleLock(one.rule, one.of, RuleLock.Holds.FILE, one.at))
                        : leave(one, "the rule does not cover it here");
            }
            Map<Long, DataId> all = covered(rule.get());
            if (all.containsValue(one.of)) {
                return Optional.of(new RuleLock(one.rule, one.of, RuleLock.Holds.DATASET, one.at));
            }
            List<DataId> holding = datasets.stream()
                    .filter(all::containsKey)
                    .map(n -> java.util.Objects.requireNonNull(all.get(n)))
                    .toList();
            if (holding.size() != 1) {
                return leave(
                        one,
                        holding.isEmpty()
                                ? "the rule does not cover it here"
                                : "the rule holds it through several datasets; the locks of their other files say"
                                        + " where");
            }
            return Optional.of(new RuleLock(one.rule, holding.getFirst(), RuleLock.Holds.DATASET, one.at));
        }

        private Optional<RuleLock> leave(Read one, String why) {
            conflicts.add(Conflict.of(one.of, "lock", why, Ids.text(one.rule) + " at " + one.at));
            return Optional.empty();
        }

        private Optional<Rule> rule(UUID id) throws SQLException {
            Optional<Rule> found = known.get(id);
            if (found == null) {
                found = rules.find(connection, id).filter(r -> !r.removed());
                known.put(id, found);
            }
            return found;
        }

        /** The datasets that a rule covers, by their numbers. */
        private Map<Long, DataId> covered(Rule rule) throws SQLException {
            Map<Long, DataId> found = covered.get(rule.id());
            if (found == null) {
                Optional<Numbered> target =
                        collections.find(connection, rule.target().id());
                found = target.isEmpty()
                        ? Map.of()
                        : descent.datasets(connection, target.get().number()).stream()
                                .collect(Collectors.toMap(
                                        Numbered::number, n -> n.row().id()));
                covered.put(rule.id(), found);
            }
            return found;
        }
    }
}
