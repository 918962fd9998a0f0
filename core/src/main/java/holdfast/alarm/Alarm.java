package holdfast.alarm;

import holdfast.journal.Micros;
import holdfast.vocabulary.Actor;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A sign from when it was first seen until it was gone, with who was told and who has taken it.
 *
 * @param sign as it was last seen
 * @param told when it was last said outside; empty until it was
 * @param acknowledged the last acknowledgement; it may have run out or been outgrown
 */
public record Alarm(UUID id, Sign sign, Span span, Optional<Told> told, Optional<Acknowledged> acknowledged) {

    /** When it began, and when it ended; empty while it stands. @param endTold whether its end was said */
    public record Span(Instant began, Optional<Instant> ended, boolean endTold) {
        public Span {
            began = Micros.cut(began);
            ended = ended.map(Micros::cut);
        }
    }

    /** What was said of it last: when, and how much it was then. */
    public record Told(Instant at, long size) {
        public Told {
            at = Micros.cut(at);
        }
    }

    /**
     * Somebody has taken it as it was then. What is added later is not covered.
     *
     * @param until when the acknowledgement runs out; empty for as long as the alarm stands
     */
    public record Acknowledged(Actor by, Instant at, Optional<Instant> until, long size) {
        public Acknowledged {
            at = Micros.cut(at);
            until = until.map(Micros::cut);
        }
    }

    /** An alarm that begins now. */
    static Alarm begin(UUID id, Sign sign, Instant now) {
        return new Alarm(id, sign, new Span(now, Optional.empty(), false), Optional.empty(), Optional.empty());
    }

    public boolean stands() {
        return span.ended().isEmpty();
    }

    /** Whether somebody has taken it, all of it, and the acknowledgement holds. */
    public boolean isCovered(Instant now) {
        return acknowledged
                .filter(a -> a.until().map(now::isBefore).orElse(true))
                .filter(a -> sign.size() <= a.size() && !sign.latest().isAfter(a.at()))
                .isPresent();
    }

    /** As somebody takes it now. */
    public Alarm acknowledge(Actor by, Instant now, Optional<Instant> until) {
        return new Alarm(id, sign, span, told, Optional.of(new Acknowledged(by, now, until, sign.size())));
    }

    Alarm seen(Sign now) {
        return new Alarm(id, now, span, told, acknowledged);
    }

    Alarm end(Instant now) {
        return new Alarm(id, sign, new Span(span.began(), Optional.of(now), told.isEmpty()), told, acknowledged);
    }

    Alarm tell(Instant now) {
        Span after = stands() ? span : new Span(span.began(), span.ended(), true);
        return new Alarm(id, sign, after, Optional.of(new Told(now, sign.size())), acknowledged);
    }
}
