package holdfast.durability;

import holdfast.durability.Requirement.State;
import java.util.List;
import java.util.Optional;

/**
 * How far a class is in one functional area.
 *
 * @param requirements by level; empty in an area that is not judged at all
 * @param notJudged why the whole area is not judged
 */
public record AreaLevel(Area area, List<Requirement> requirements, Optional<String> notJudged) {
    private static final int HIGHEST = 4;

    /** The five functional areas. */
    public enum Area {
        STORAGE,
        INTEGRITY,
        CONTROL,
        METADATA,
        CONTENT
    }

    public AreaLevel {
        requirements = List.copyOf(requirements);
    }

    static AreaLevel notJudged(Area area, String why) {
        return new AreaLevel(area, List.of(), Optional.of(why));
    }

    /** The level whose requirements, and those of all below, are shown to be met; 0 when not even the first is. */
    public int inFull() {
        return highest(true);
    }

    /** The same if what is not judged were met: at most this, and no claim. */
    public int asFarAsJudged() {
        return highest(false);
    }

    /** What stands between the class and the level after the one it has in full. */
    public List<Requirement> missingForNext() {
        int next = inFull() + 1;
        return requirements.stream()
                .filter(r -> r.level() == next && r.state() != State.MET)
                .toList();
    }

    private int highest(boolean strict) {
        int level = 0;
        while (level < HIGHEST && holds(level + 1, strict)) {
            level++;
        }
        return level;
    }

    private boolean holds(int level, boolean strict) {
        List<Requirement> asked =
                requirements.stream().filter(r -> r.level() == level).toList();
        return asked.stream().anyMatch(r -> r.state() == State.MET)
                && asked.stream()
                        .noneMatch(r -> r.state() == State.NOT_MET || (strict && r.state() == State.NOT_JUDGED));
    }
}
