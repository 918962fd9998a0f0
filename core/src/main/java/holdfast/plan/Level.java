package holdfast.plan;

import holdfast.vocabulary.LevelId;
import java.util.Optional;
import java.util.Set;

/**
 * A level of the plan: who may read what belongs to it, and who may bring it in.
 *
 * @param hidesExistence whether those outside the audience may not even learn that an object exists
 * @param writtenBy roles of which a writer needs one, beside the permission of the catalogue; empty where that is enough
 * @param entry how files come into the level
 * @param notice a notice that travels with every object of the level
 */
public record Level(
        LevelId id,
        String name,
        Audience audience,
        boolean hidesExistence,
        Set<String> writtenBy,
        Entry entry,
        Optional<String> notice) {
    public Level {
        writtenBy = Set.copyOf(writtenBy);
    }

    /** A level that files enter as the catalogue lets them. */
    public Level(
            LevelId id,
            String name,
            Audience audience,
            boolean hidesExistence,
            Set<String> writtenBy,
            Optional<String> notice) {
        this(id, name, audience, hidesExistence, writtenBy, Entry.ANY, notice);
    }

    /** How files come into a level. */
    public enum Entry {
        /** By whoever may write in it. */
        ANY,
        /** Only by an act that people signed, whoever asks. */
        ACT
    }

    public enum Audience {
        PUBLIC,
        MEMBERS
    }
}
