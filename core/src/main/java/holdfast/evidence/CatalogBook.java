package holdfast.evidence;

import holdfast.access.SourceWord;
import holdfast.catalog.CatalogFact.ArchiveFilled;
import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CatalogFact.ContentChanged;
import holdfast.catalog.CollectionRow;
import holdfast.placement.PlacementFact;
import holdfast.placement.PlacementFact.LocksChanged;
import holdfast.placement.PlacementFact.RulesChanged;
import holdfast.placement.Rule;
import holdfast.placement.RuleLock;
import holdfast.plan.MemberSource;
import holdfast.registry.Document;
import holdfast.registry.RegistryFact.DocumentsChanged;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** Collections and their content, what archives hold, rules and their locks, documents: folded. */
final class CatalogBook {
    private final Map<DataId, CollectionRow> collections = new TreeMap<>();
    private final Map<DataId, Set<DataId>> contents = new TreeMap<>();
    private final Map<DataId, Set<DataId>> archives = new TreeMap<>();
    private final Map<UUID, Rule> rules = new HashMap<>();
    private final Map<UUID, Set<RuleLock>> locks = new HashMap<>();
    private final Map<Document.Name, String> documents = new TreeMap<>();

    void apply(CollectionsChanged fact) {
        fact.collections().forEach(c -> collections.put(c.id(), c));
    }

    void apply(ContentChanged fact) {
        Set<DataId> children = contents.computeIfAbsent(fact.parent(), p -> new TreeSet<>());
        switch (fact.change()) {
            case ATTACHED -> children.addAll(fact.children());
            case DETACHED -> fact.children().forEach(children::remove);
        }
    }

    void apply(ArchiveFilled fact) {
        archives.computeIfAbsent(fact.archive(), a -> new TreeSet<>()).addAll(fact.constituents());
    }

    void apply(PlacementFact fact) {
        switch (fact) {
            case RulesChanged changed ->
                changed.rules().forEach(rule -> {
                    rules.put(rule.id(), rule);
                    if (rule.removed()) {
                        locks.remove(rule.id());
                    }
                });
            case LocksChanged changed -> changed.locks().forEach(lock -> put(changed.change(), lock));
        }
    }

    private void put(LocksChanged.Change change, RuleLock lock) {
        Set<RuleLock> its = locks.computeIfAbsent(lock.rule(), r -> new HashSet<>());
        switch (change) {
            case TAKEN -> its.add(lock);
            case GIVEN_UP -> its.remove(lock);
        }
    }

    void apply(DocumentsChanged fact) {
        fact.changes()
                .forEach(c -> c.text()
                        .ifPresentOrElse(text -> documents.put(c.name(), text), () -> documents.remove(c.name())));
    }

    /** Of which moment the last word of each source of members is. */
    Map<MemberSource.From, Instant> memberWords() {
        return SourceWord.words(key -> Optional.ofNullable(documents.get(new Document.Name(SourceWord.KIND, key))));
    }

    Stream<String> collectionLines() {
        return collections.values().stream().map(StateLines::collection);
    }

    Stream<String> constituentLines() {
        return archives.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(file -> StateLines.constituent(e.getKey(), file)));
    }

    Stream<String> contentLines() {
        return contents.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(child -> StateLines.content(e.getKey(), child)));
    }

    Stream<String> documentLines() {
        return documents.entrySet().stream()
                .map(e -> StateLines.document(new Document(e.getKey(), e.getValue())))
                .sorted(StateLines.ORDER);
    }

    Stream<String> lockLines() {
        return locks.values().stream()
                .flatMap(Set::stream)
                .map(StateLines::lock)
                .sorted(StateLines.ORDER);
    }

    Stream<String> ruleLines() {
        return rules.values().stream().map(StateLines::rule).sorted(StateLines.ORDER);
    }
}
