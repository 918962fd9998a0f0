package holdfast.server.work;

import holdfast.journal.Journal.Appended;
import holdfast.server.sql.Conditions;
import holdfast.server.sql.Leases.Lease;
import holdfast.storage.Condition;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Records changes of elements' condition: read under a lock, changed, written; nothing where nothing changes. */
final class ConditionBook {
    private final Workplace place;
    private final Conditions conditions;

    ConditionBook(Workplace place) {
        this.place = place;
        this.conditions = new Conditions(place.words());
    }

    /** Changes one element's condition. */
    Appended change(Actor actor, Cause cause, StorageName element, UnaryOperator<Condition> change) {
        return change(actor, cause, List.of(element), change);
    }

    /** Changes one element's condition as long as a lease is held; what comes late is refused. */
    Appended change(Actor actor, Cause cause, Lease lease, StorageName element, UnaryOperator<Condition> change) {
        return place.journal().append(actor, connection -> {
            if (!place.leases().stillHolds(connection, lease)) {
                return Optional.empty();
            }
            return changed(connection, cause, List.of(element), change);
        });
    }

    /** Changes several elements' conditions by one fact. */
    Appended change(Actor actor, Cause cause, Collection<StorageName> elements, UnaryOperator<Condition> change) {
        return place.journal().append(actor, connection -> changed(connection, cause, elements, change));
    }

    private Optional<ConditionChanged> changed(
            Connection connection, Cause cause, Collection<StorageName> elements, UnaryOperator<Condition> change)
            throws SQLException {
        List<Condition> changed = conditions.lock(connection, elements).stream()
                .flatMap(before -> Optional.of(change.apply(before)).filter(after -> !after.equals(before)).stream())
                .toList();
        return changed.isEmpty() ? Optional.empty() : Optional.of(new ConditionChanged(cause, changed));
    }
}
