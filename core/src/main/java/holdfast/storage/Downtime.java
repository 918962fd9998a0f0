package holdfast.storage;

import holdfast.journal.Micros;
import holdfast.vocabulary.SiteName;
import java.time.Instant;

/** A declared downtime of a site: its elements are unreachable on purpose, not lost. From inclusive, until exclusive. */
public record Downtime(SiteName site, Instant from, Instant until, String reason) {
    public Downtime {
        from = Micros.cut(from);
        until = Micros.cut(until);
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException(
                    "downtime of %s: its end %s is not after its begin %s".formatted(site, until, from));
        }
    }

    public boolean covers(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }
}
