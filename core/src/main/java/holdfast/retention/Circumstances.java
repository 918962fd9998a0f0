package holdfast.retention;

import holdfast.judgement.Surroundings;
import holdfast.storage.Condition;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a release is judged within.
 *
 * @param plans the surroundings of now, and after them those of every other plan that was in force within {@link
 *     #LOOSENED}: what a looser plan allows is not released before that time is over
 * @param hold the custody hold, where there is one
 * @param promised where rules hold the files asked about, and which rule it is
 * @param observed scopes that another server manages: nothing of theirs is released
 */
public record Circumstances(
        List<Surroundings> plans,
        Optional<Hold> hold,
        Map<DataId, Map<StorageName, String>> promised,
        Set<Scope> observed) {
    /** For how long a plan that was replaced still forbids what it forbade. */
    public static final Duration LOOSENED = Duration.ofDays(30);

    public Circumstances {
        promised = Map.copyOf(promised);
        observed = Set.copyOf(observed);
        plans = List.copyOf(plans);
        if (plans.isEmpty()) {
            throw new IllegalArgumentException("a release is judged by the plan in force at least");
        }
    }

    public Circumstances(List<Surroundings> plans, Optional<Hold> hold) {
        this(plans, hold, Map.of(), Set.of());
    }

    /** The same with what rules hold. */
    public Circumstances with(Map<DataId, Map<StorageName, String>> promises) {
        return new Circumstances(plans, hold, promises, observed);
    }

    /** The same with the scopes that are only observed. */
    public Circumstances observing(Set<Scope> scopes) {
        return new Circumstances(plans, hold, promised, scopes);
    }

    boolean isObserved(DataId file) {
        return observed.contains(file.scope());
    }

    /** The rule that holds a file at an element, where one does. */
    Optional<String> promise(DataId file, StorageName at) {
        return Optional.ofNullable(promised.getOrDefault(file, Map.of()).get(at));
    }

    /** The plan in force now alone. */
    public static Circumstances of(Surroundings now) {
        return new Circumstances(List.of(now), Optional.empty());
    }

    Surroundings now() {
        return plans.getFirst();
    }

    /** Elements under suspicion; while there is one, nothing is released anywhere. */
    List<Condition> suspects() {
        return now().conditions().values().stream()
                .filter(c -> c.suspectSince().isPresent())
                .sorted(java.util.Comparator.comparing(Condition::element))
                .toList();
    }
}
