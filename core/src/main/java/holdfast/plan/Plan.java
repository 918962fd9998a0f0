package holdfast.plan;

import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data management plan, read from its file.
 *
 * @param version named by every verdict taken against it
 * @param digest SHA-256 of the plan file's bytes: what {@code plan adopt} binds to
 * @param classes in the order of the file; the first that matches an object is its class
 * @param fromName for a scope, how attributes that the metadata lacks are read from the name
 * @param members who tells who is a member
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
        Limits limits,
        Map<Scope, AttributePattern> fromName,
        MemberSource members) {

    public Plan {
        lifetimes = Map.copyOf(lifetimes);
        levels = Map.copyOf(levels);
        classes = List.copyOf(classes);
        clauses = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(clauses));
        fromName = Map.copyOf(fromName);
    }

    /** A plan that reads no attribute from names, and has its members told by an export. */
    public Plan(
            String id,
            String title,
            String version,
            Digest digest,
            Map<String, Lifetime> lifetimes,
            Map<LevelId, Level> levels,
            List<ClassRule> classes,
            Map<ClauseId, Clause> clauses,
            Limits limits) {
        this(id, title, version, digest, lifetimes, levels, classes, clauses, limits, Map.of(), MemberSource.EXPORT);
    }

    /** What is known of a file, and beyond it what its name tells; what is known goes before. */
    public Attributes attributesOf(DataId id, Attributes known) {
        return Optional.ofNullable(fromName.get(id.scope()))
                .map(pattern -> known.orElse(pattern.derive(id.name())))
                .orElse(known);
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
