package holdfast.retention;

import holdfast.journal.Line;
import holdfast.journal.Micros;
import java.time.Instant;
import java.util.Optional;

/**
 * A custody hold: the house does not know that its journal is whole, so nothing is released, quarantined or called dark
 * until two people have signed.
 *
 * @param own entries that the database had when the hold began
 * @param outside entries that the newest head outside the database speaks of; empty where none was found
 */
public record Hold(Cause cause, Instant since, long own, Optional<Long> outside, String why) {
    public Hold {
        since = Micros.cut(since);
    }

    /** What happened to the database. */
    public enum Cause {
        /** Built anew from segments. */
        REBUILT,
        /** A head outside is newer than the database: facts are missing. */
        HEAD_AHEAD,
        /** A head outside has another root: the journal was forked. */
        FORKED,
        /** Another server of the cluster took over, or a backup was restored; no head outside is newer. */
        FAILED_OVER,
        /** The clock jumped. */
        CLOCK_JUMPED;

        /** Whether facts may be missing, so that what was proved before may not be so any more. */
        public boolean losesFacts() {
            return switch (this) {
                case REBUILT, HEAD_AHEAD, FORKED -> true;
                case FAILED_OVER, CLOCK_JUMPED -> false;
            };
        }
    }

    /** Until when proofs are in doubt: what was proved before this moment may have been undone by a fact that is missing. */
    public Optional<Instant> doubtBefore() {
        return cause.losesFacts() ? Optional.of(since) : Optional.empty();
    }

    public Line line() {
        return new Line.Writer()
                .put(cause)
                .time(since)
                .put(own)
                .put(outside)
                .put(why)
                .line();
    }

    public static Hold read(Line text) {
        Line.Reader line = new Line.Reader(text);
        return new Hold(
                Cause.valueOf(line.text()),
                line.time(),
                line.number(),
                line.maybe().map(Long::valueOf),
                line.text());
    }
}
