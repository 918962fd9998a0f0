package holdfast.judgement;

import java.time.Instant;

/** Collects the moments at which time alone could change an answer, and keeps the earliest that is still to come. */
final class Horizon {
    private final Instant now;
    private Instant earliest = Instant.MAX;

    Horizon(Instant now) {
        this.now = now;
    }

    /** Notes a moment; one that is now or past changes nothing any more. */
    Horizon at(Instant moment) {
        if (moment.isAfter(now) && moment.isBefore(earliest)) {
            earliest = moment;
        }
        return this;
    }

    Instant earliest() {
        return earliest;
    }
}
