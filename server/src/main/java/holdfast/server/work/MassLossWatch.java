package holdfast.server.work;

import holdfast.fixity.MassLoss;
import holdfast.fixity.MassLoss.Toll;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.Conditions;
import holdfast.server.sql.Tolls;
import holdfast.server.sql.Words;
import holdfast.storage.Condition;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds up what was found damaged lately, within the transaction that records more of it: where that is a mass, the same
 * transaction puts the element under suspicion, so that no repair comes in between.
 */
final class MassLossWatch {
    private final Tolls tolls;
    private final ActTables acts = new ActTables();
    private final Conditions conditions;

    MassLossWatch(Words words) {
        this.tolls = new Tolls(words);
        this.conditions = new Conditions(words);
    }

    /** The fact that puts elements under suspicion; empty where the damage is no mass, or they are suspects already. */
    Optional<ConditionChanged> suspicion(Connection connection, Map<StorageName, Long> damaged, Instant now)
            throws SQLException {
        if (damaged.isEmpty()) {
            return Optional.empty();
        }
        Map<StorageName, Long> lately =
                tolls.damagedSince(connection, now.minus(MassLoss.WITHIN), acts.cleared(connection));
        damaged.forEach((element, count) -> lately.merge(element, count, Long::sum));
        if (lately.values().stream().mapToLong(Long::longValue).sum() < MassLoss.FEWEST) {
            return Optional.empty();
        }
        Map<StorageName, Toll> all = new HashMap<>();
        tolls.copies(connection).forEach((element, copies) -> all.put(element, new Toll(0, copies)));
        lately.forEach((element, count) -> all.merge(element, new Toll(count, count), Toll::plus));
        Set<StorageName> suspects = MassLoss.suspects(all);
        List<Condition> changed = suspects.isEmpty()
                ? List.of()
                : conditions.lock(connection, suspects).stream()
                        .filter(c -> c.suspectSince().isEmpty())
                        .map(c -> c.withSuspectSince(Optional.of(now)))
                        .toList();
        return changed.isEmpty() ? Optional.empty() : Optional.of(new ConditionChanged(Cause.SUSPECTED, changed));
    }
}
