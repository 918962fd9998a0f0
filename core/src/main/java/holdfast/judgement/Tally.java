package holdfast.judgement;

import java.time.Instant;
import java.util.Optional;

/**
 * Answers of one duty over many subjects, added up; adding is associative, so that homes can be added to totals.
 *
 * @param subjects all of them, the arriving ones too
 * @param oldestArriving when the longest arriving subject was first mentioned
 */
public record Tally(
        long subjects,
        long breached,
        long undetermined,
        long arriving,
        Optional<Instant> oldestArriving,
        Optional<Instant> oldestProof,
        Instant validUntil,
        Optional<Instant> silentSince) {

    public static final Tally NONE =
            new Tally(0, 0, 0, 0, Optional.empty(), Optional.empty(), Instant.MAX, Optional.empty());

    /** The tally of one answer about a subject first mentioned at some moment. */
    public static Tally of(Answer answer, Instant mention) {
        boolean arriving = answer.arriving();
        return new Tally(
                1,
                !arriving && answer.verdict() == Verdict.BREACHED ? 1 : 0,
                !arriving && answer.verdict() == Verdict.UNDETERMINED ? 1 : 0,
                arriving ? 1 : 0,
                arriving ? Optional.of(mention) : Optional.empty(),
                answer.oldestProof(),
                answer.validUntil(),
                answer.silentSince());
    }

    /** A tally of nothing, which makes whatever it is added to hold no longer than a moment. */
    static Tally holdingUntil(Instant moment) {
        return new Tally(0, 0, 0, 0, Optional.empty(), Optional.empty(), moment, Optional.empty());
    }

    public Tally plus(Tally other) {
        return new Tally(
                subjects + other.subjects,
                breached + other.breached,
                undetermined + other.undetermined,
                arriving + other.arriving,
                earlier(oldestArriving, other.oldestArriving),
                earlier(oldestProof, other.oldestProof),
                validUntil.isBefore(other.validUntil) ? validUntil : other.validUntil,
                earlier(silentSince, other.silentSince));
    }

    public long met() {
        return subjects - breached - undetermined - arriving;
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().isBefore(other.get()) ? one : other;
    }
}
