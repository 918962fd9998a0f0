package holdfast.access;

import holdfast.vocabulary.ClauseId;
import java.util.Optional;

/**
 * Whether somebody may.
 *
 * @param clause the clause of the plan that says so, where one speaks of it
 * @param why for the record of denied acts, and for whoever may know of the object
 */
public record Decision(boolean allowed, Optional<ClauseId> clause, String why) {
    static Decision yes(Optional<ClauseId> clause, String why) {
        return new Decision(true, clause, why);
    }

    static Decision no(Optional<ClauseId> clause, String why) {
        return new Decision(false, clause, why);
    }
}
