package holdfast.judgement;

import holdfast.plan.Limits;
import holdfast.storage.Condition;
import holdfast.storage.Downtime;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether an element answers, and if not, whether its silence is still within the limits.
 *
 * @param silentSince since when it does not answer; empty while it answers, even in a declared downtime
 * @param downtimeSince when the declared downtime that covers the moment began, with those it continues
 * @param validUntil the earliest moment at which time alone could change this
 */
public record Reach(State state, Optional<Instant> silentSince, Optional<Instant> downtimeSince, Instant validUntil) {

    /** The three states of reach. */
    public enum State {
        ANSWERS,
        /** Silent for less than the limit, or in a declared downtime that is no longer than allowed. */
        EXCUSED,
        SILENT_TOO_LONG
    }

    /**
     * The reach of an element at a moment. A declared downtime excuses for {@link Limits#downtime} from its begin;
     * downtimes that overlap, or follow each other by no more than {@link Limits#silence}, are one downtime, and a
     * silence older than that again is the begin itself, so that no chain of declarations excuses for longer.
     */
    public static Reach of(Condition condition, Limits limits, Instant now) {
        Horizon horizon = new Horizon(now);
        for (Downtime downtime : condition.downtimes()) {
            horizon.at(downtime.from()).at(downtime.until());
        }
        Optional<Instant> silent = condition.silentSince();
        silent.ifPresent(since -> horizon.at(since.plus(limits.silence())));
        Optional<Instant> downtime = beginOfDowntime(condition, limits, now);
        State state;
        if (downtime.isPresent()) {
            Instant end = begin(downtime.get(), silent, limits).plus(limits.downtime());
            horizon.at(end);
            state = now.isBefore(end) ? State.EXCUSED : State.SILENT_TOO_LONG;
        } else if (silent.isPresent()) {
            state = now.isBefore(silent.get().plus(limits.silence())) ? State.EXCUSED : State.SILENT_TOO_LONG;
        } else {
            state = State.ANSWERS;
        }
        return new Reach(state, silent, downtime, horizon.earliest());
    }

    /** Why the element is not simply answering, without its name. */
    public String words() {
        String silence =
                silentSince.map(t -> "not answering since " + Wording.time(t)).orElse("");
        String declared = downtimeSince
                .map(t -> "in declared downtime since " + Wording.time(t))
                .orElse("");
        return silence.isEmpty() || declared.isEmpty() ? silence + declared : silence + ", " + declared;
    }

    private static Instant begin(Instant downtime, Optional<Instant> silent, Limits limits) {
        return silent.filter(since -> since.isBefore(downtime.minus(limits.silence())))
                .orElse(downtime);
    }

    private static Optional<Instant> beginOfDowntime(Condition condition, Limits limits, Instant now) {
        Optional<Instant> covering = condition.downtimes().stream()
                .filter(d -> d.covers(now))
                .map(Downtime::from)
                .min(Instant::compareTo);
        return covering.map(begin -> followBack(condition, limits, begin));
    }

    private static Instant followBack(Condition condition, Limits limits, Instant begin) {
        Optional<Instant> before = condition.downtimes().stream()
                .filter(d -> d.from().isBefore(begin)
                        && !d.until().plus(limits.silence()).isBefore(begin))
                .map(Downtime::from)
                .min(Instant::compareTo);
        return before.isEmpty() ? begin : followBack(condition, limits, before.get());
    }
}
