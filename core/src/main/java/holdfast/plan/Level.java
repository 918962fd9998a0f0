package holdfast.plan;

import holdfast.vocabulary.LevelId;
import java.util.Optional;

/**
 * A level of the plan: who may read what belongs to it.
 *
 * @param hidesExistence whether those outside the audience may not even learn that an object exists
 * @param notice a notice that travels with every object of the level
 */
public record Level(LevelId id, String name, Audience audience, boolean hidesExistence, Optional<String> notice) {
    public enum Audience {
        PUBLIC,
        MEMBERS
    }
}
