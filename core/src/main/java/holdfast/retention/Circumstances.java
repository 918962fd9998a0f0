package holdfast.retention;

import holdfast.judgement.Surroundings;
import holdfast.storage.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a release is judged within.
 *
 * @param plans the surroundings of now, and after them those of every other plan that was in force within {@link
 *     #LOOSENED}: what a looser plan allows is not released before that time is over
 * @param hold the custody hold, where there is one
 */
public record Circumstances(List<Surroundings> plans, Optional<Hold> hold) {
    /** For how long a plan that was replaced still forbids what it forbade. */
    public static final Duration LOOSENED = Duration.ofDays(30);

    public Circumstances {
        plans = List.copyOf(plans);
        if (plans.isEmpty()) {
            throw new IllegalArgumentException("a release is judged by the plan in force at least");
        }
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
