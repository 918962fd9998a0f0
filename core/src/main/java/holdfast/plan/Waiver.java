package holdfast.plan;

import holdfast.journal.Micros;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A dated, owned exception for fixed subjects. It stands beside the verdict and changes neither it nor placement,
 * repair, release or access; it lapses by itself (derived duty D-4).
 *
 * @param owner who answers for it; never the one who signed it
 */
public record Waiver(
        UUID id,
        ClauseId clause,
        Set<DataId> subjects,
        Actor owner,
        Actor signer,
        String reason,
        Instant from,
        Instant until) {

    /** The longest a waiver may last. */
    public static final Duration LONGEST = Duration.ofDays(90);

    public Waiver {
        subjects = Set.copyOf(subjects);
        from = Micros.cut(from);
        until = Micros.cut(until);
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("a waiver names its subjects one by one; this one names none");
        }
        if (!from.isBefore(until) || Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a waiver lasts more than no time and at most " + LONGEST.toDays()
                    + " days; this one is from " + from + " until " + until);
        }
        if (owner.equals(signer)) {
            throw new IllegalArgumentException("a waiver's owner is not its signer; both are " + owner);
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a waiver states its reason");
        }
    }

    public boolean inForce(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }
}
