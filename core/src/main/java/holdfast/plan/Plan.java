package holdfast.plan;

import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.LevelId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data management plan, read from its file.
 *
 * @param version named by every verdict taken against it
 * @param digest SHA-256 of the plan file's bytes: what {@code plan adopt} binds to
 * @param classes in the order of the file; the first that matches an object is its class
 */
public record Plan(
        String id,
        String title,
        String version,
        Digest digest,
        Map<String, Lifetime> lifetimes,
        Map<LevelId, Level> levels,
        List<ClassRule> classes,
        Map<ClauseId, Clause> clauses,
        Limits limits) {

    public Plan {
        lifetimes = Map.copyOf(lifetimes);
        levels = Map.copyOf(levels);
        classes = List.copyOf(classes);
        clauses = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(clauses));
    }

    /** The first class that matches; none means no level: denied, undeletable, and a finding on the one-level clause. */
    public Optional<ClassRule> classify(DataId id, Attributes attributes) {
        return classes.stream().filter(rule -> rule.matches(id, attributes)).findFirst();
    }

    public Optional<ClassRule> classRule(ClassId id) {
        return classes.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** The clauses whose subjects include files of a class. */
    public List<Clause> about(ClassId id) {
        return clauses.values().stream().filter(c -> c.about().contains(id)).toList();
    }
}
