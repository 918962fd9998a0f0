package holdfast.plan;

import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.LevelId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A numbered clause of the plan.
 *
 * @param section the plan's section, such as {@code 2.4.1}
 * @param says the clause in our own words, one sentence
 * @param binds who owes it
 * @param level the level it speaks of; empty for clauses about all data
 * @param about the classes whose objects are its subjects
 * @param must its duties: the clause is the worst of them
 * @param agreed figures beside the verdict that never enter it, such as shares
 * @param assumed what an outsider is said to keep; stands beside the verdict, never in it
 * @param measure for what is not built yet: what would measure it
 */
public record Clause(
        ClauseId id,
        String section,
        String says,
        String binds,
        Optional<LevelId> level,
        Set<ClassId> about,
        Standing standing,
        List<Duty> must,
        List<Duty> agreed,
        Optional<String> assumed,
        Optional<String> measure,
        boolean waivable) {

    public Clause {
        about = Set.copyOf(about);
        must = List.copyOf(must);
        agreed = List.copyOf(agreed);
    }

    /** Whether a clause binds at all. */
    public enum Standing {
        DUTY,
        /** A statement of the plan that binds nobody: shown, and never counted among the met. */
        STATEMENT
    }
}
