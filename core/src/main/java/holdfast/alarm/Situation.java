package holdfast.alarm;

import holdfast.storage.Condition;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a look around the house saw.
 *
 * @param lost files declared lost, by class
 * @param conditions of every element that takes part
 * @param fading survivors whose proof runs out, by element
 */
public record Situation(
        List<Breached> breached, List<Lost> lost, List<Condition> conditions, List<Fading> fading, Keeping keeping) {
    public Situation {
        breached = List.copyOf(breached);
        lost = List.copyOf(lost);
        conditions = List.copyOf(conditions);
        fading = List.copyOf(fading);
    }

    /**
     * A clause that is breached.
     *
     * @param failing subjects that breach it; 0 where it is no matter of subjects
     * @param waived how many of them a waiver names
     * @param latest when the newest of them began
     */
    public record Breached(ClauseId clause, String says, long failing, long waived, Instant latest) {}

    /** Files of a class, or of none, that were declared lost. */
    public record Lost(String about, long files) {}

    /**
     * Files whose every copy that counts has a proof about to run out, and of which the element holds one.
     *
     * @param oldest the earliest moment at which one of them stops counting
     */
    public record Fading(StorageName element, long files, Instant oldest) {}

    /**
     * How the house keeps its own records.
     *
     * @param since when this look-out began: what never happened is late from then on
     * @param head when a signed head was last written outside
     * @param unshipped since when the oldest entry waits that is in no segment; empty when all are
     * @param disks by what they are for
     */
    public record Keeping(
            Instant since, Optional<Instant> head, Optional<Instant> unshipped, List<Disk> disks, Drill drill) {
        public Keeping {
            disks = List.copyOf(disks);
        }
    }

    /** Free bytes of all bytes of a disk. @param about what it is for: the data folder, an element */
    public record Disk(String about, long free, long total) {}

    /**
     * The source of members.
     *
     * @param silent since when its last word is too old; empty when it is not, or never spoke
     * @param refused since when no export is taken; empty when the last one was
     */
    public record Members(Optional<Instant> silent, Optional<Instant> refused) {
        public static final Members HEARD = new Members(Optional.empty(), Optional.empty());
    }

    /**
     * Restore drills, custody hold, and the source of members.
     *
     * @param restored the last restore drill that worked
     * @param hold since when the house is in custody hold; empty when it is not
     * @param asked whether restore drills are recorded at all: what nothing records is not called late
     */
    public record Drill(Optional<Instant> restored, Optional<Instant> hold, boolean asked, Members members) {
        public static final Drill NOT_RECORDED = new Drill(Optional.empty(), Optional.empty(), false);

        public Drill(Optional<Instant> restored, Optional<Instant> hold, boolean asked) {
            this(restored, hold, asked, Members.HEARD);
        }

        Optional<Instant> lateSince(Instant watched, Duration limit, Instant now) {
            Instant due = restored.orElse(watched).plus(limit);
            return Optional.of(due).filter(d -> asked && now.isAfter(d));
        }
    }
}
