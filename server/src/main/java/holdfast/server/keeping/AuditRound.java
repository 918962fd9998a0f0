package holdfast.server.keeping;

import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.Memory;
import holdfast.server.work.Assessor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Audits once when a node starts, and then when the last audit, of whichever node, is an hour old; one node at a time. */
public final class AuditRound {
    private static final Duration EVERY = Duration.ofHours(1);

    private final Auditor auditor;
    private final Leases leases;
    private final Memory memory;
    private final HouseClock clock;
    private final Duration lasts;
    private boolean started;

    /** @param lasts how long one node keeps the audit to itself without a sign of life */
    public AuditRound(Auditor auditor, Leases leases, Memory memory, HouseClock clock, Duration lasts) {
        this.auditor = auditor;
        this.leases = leases;
        this.memory = memory;
        this.clock = clock;
        this.lasts = lasts;
    }

    /** Audits if it is time. */
    public void step() {
        if (!isDue()) {
            return;
        }
        Optional<Lease> lease = leases.take("audit", lasts);
        if (lease.isEmpty()) {
            return;
        }
        try (var _ = leases.keep(lease.get(), lasts)) {
            auditor.audit();
            started = true;
        } finally {
            leases.giveBack("audit");
        }
    }

    private boolean isDue() {
        Instant before = clock.now().minus(EVERY);
        return !started
                || memory.recall(Assessor.AUDIT)
                        .filter(n -> n.at().isAfter(before))
                        .isEmpty();
    }
}
