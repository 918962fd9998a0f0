package holdfast.server.drivers.taperest;

import holdfast.storage.ThirdPartyCopy.Recall;
import java.time.Duration;
import java.util.Optional;

/**
 * How a library behind the Tape REST API is asked.
 *
 * @param batch the most files of one request
 * @param stagesAtOnce how many stage requests may be unfinished at once
 * @param poll how long until a request is asked after for the first time; each time it takes longer, up to {@link #SLOWEST_POLL}
 * @param recallLimit how long a recall waits before it says "not yet"
 * @param diskLifetime how long recalled files may stay on disk when nobody lets go of them
 * @param byOthers how those who copy from here bring files online by themselves
 */
record TapeRestSettings(
        int batch,
        int stagesAtOnce,
        Duration poll,
        Duration recallLimit,
        Duration diskLifetime,
        Optional<Recall> byOthers) {
    /** Only we recall. */
    TapeRestSettings(int batch, int stagesAtOnce, Duration poll, Duration recallLimit, Duration diskLifetime) {
        this(batch, stagesAtOnce, poll, recallLimit, diskLifetime, Optional.empty());
    }

    static final TapeRestSettings DEFAULTS =
            new TapeRestSettings(1_000, 8, Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofHours(24));
    static final Duration SLOWEST_POLL = Duration.ofMinutes(2);

    /** The pause after this one. */
    static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(SLOWEST_POLL) > 0 ? SLOWEST_POLL : next;
    }
}
