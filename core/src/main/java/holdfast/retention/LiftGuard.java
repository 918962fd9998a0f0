package holdfast.retention;

import holdfast.plan.Sites;
import holdfast.storage.Condition;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Map;

/** Whether a custody hold may end: where facts may be missing, every element that answers was listed since it began. */
public final class LiftGuard {
    private LiftGuard() {}

    /** What forbids it, for people; none when nothing does. */
    public static List<String> obstacles(Hold hold, Sites sites, Map<StorageName, Condition> conditions) {
        if (!hold.cause().losesFacts()) {
            return List.of();
        }
        return sites.all().stream()
                .filter(e -> e.use() != StorageElement.Use.LEFT)
                .map(e -> conditions.getOrDefault(e.name(), Condition.unknown(e.name())))
                .filter(c -> c.silentSince().isEmpty())
                .filter(c -> c.listing().map(l -> l.at().isBefore(hold.since())).orElse(true))
                .map(c -> c.element() + " was not listed since the hold began; its listing is due, wait for it")
                .toList();
    }
}
