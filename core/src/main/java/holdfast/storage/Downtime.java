package holdfast.storage;

import holdfast.vocabulary.SiteName;
import java.time.Instant;

/** A declared downtime of a site: its elements are unreachable on purpose, not lost. From inclusive, until exclusive. */
public record Downtime(SiteName site, Instant from, Instant until, String reason) {
    public Downtime {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException(
                    "downtime of %s: its end %s is not after its begin %s".formatted(site, until, from));
        }
    }

    public boolean covers(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }
}
