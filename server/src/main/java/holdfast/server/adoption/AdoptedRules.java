package holdfast.server.adoption;

import holdfast.catalog.CollectionRow;
import holdfast.journal.Fact;
import holdfast.placement.PlacementFact.RulesChanged;
import holdfast.placement.Rule;
import holdfast.server.adoption.AdoptionJournal.Step;
import holdfast.server.api.rucio.wire.Ids;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.ChildTable;
import holdfast.server.sql.ChildTable.CollectionChild;
import holdfast.server.sql.RuleTables;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes rules of the other server over, under their own ids; nothing is chosen or ordered for them. */
public final class AdoptedRules {
    private final AdoptionJournal journal;
    private final ChildTable children;
    private final RuleTables rules;
    private final HouseClock clock;

    public AdoptedRules(Words words, SqlJournal journal, HouseClock clock) {
        this.journal = new AdoptionJournal(journal);
        this.children = new ChildTable(words);
        this.rules = new RuleTables(words);
        this.clock = clock;
    }

    /** What became of a batch. */
    public record Taken(Counted rules, List<Conflict> conflicts) {}

    /** One transaction; 409 where the scope of a target is managed here. */
    public Taken take(List<RuleSaid> said) {
        RuleReading reading = new RuleReading(clock.now());
        List<Rule> read = said.stream().flatMap(r -> reading.read(r).stream()).toList();
        List<Scope> scopes =
                said.stream().map(RuleSaid::scope).distinct().map(Scope::new).toList();
        return journal.append(scopes, connection -> {
            List<Conflict> conflicts = new ArrayList<>(reading.conflicts());
            List<Rule> fresh = new ArrayList<>();
            Set<List<Object>> wishes = new HashSet<>();
            Targets targets = targets(connection, read);
            long known = 0;
            for (Rule rule : read) {
                Optional<Rule.Target.Kind> kind = targets.kind(rule.target().id());
                if (kind.isEmpty()) {
                    conflicts.add(conflict(rule, "what it is about is not here"));
                } else if (rules.find(connection, rule.id()).isPresent()) {
                    known++;
                } else if (rules.isThere(connection, rule) || !wishes.add(wish(rule))) {
                    conflicts.add(conflict(rule, "another rule of this account asks for the same"));
                } else {
                    fresh.add(RuleReading.about(rule, kind.get()));
                }
            }
            List<Fact> facts = fresh.isEmpty() ? List.of() : List.of(new RulesChanged(fresh));
            return new Step<>(facts, new Taken(new Counted(fresh.size(), known), conflicts));
        });
    }

    private static List<Object> wish(Rule rule) {
        return List.of(
                rule.target().id(),
                rule.hold().account(),
                rule.wish().expression(),
                rule.wish().copies());
    }

    private static Conflict conflict(Rule rule, String here) {
        String there = "%s of %s: %d at %s"
                .formatted(
                        Ids.text(rule.id()),
                        rule.hold().account(),
                        rule.wish().copies(),
                        rule.wish().expression());
        return Conflict.of(rule.target().id(), "rule", here, there);
    }

    private record Targets(Map<DataId, CollectionChild> collections, Set<DataId> files) {
        Optional<Rule.Target.Kind> kind(DataId id) {
            Optional<CollectionRow> collection = Optional.ofNullable(collections.get(id))
                    .map(c -> c.collection().row())
                    .filter(c -> !c.removed());
            return collection
                    .map(c -> Rule.Target.Kind.valueOf(c.kind().name()))
                    .or(() -> files.contains(id) ? Optional.of(Rule.Target.Kind.FILE) : Optional.empty());
        }
    }

    private Targets targets(Connection connection, List<Rule> read) throws SQLException {
        List<DataId> ids = read.stream().map(r -> r.target().id()).distinct().toList();
        return new Targets(
                children.collections(connection, 0, ids),
                children.files(connection, 0, ids).keySet());
    }
}
