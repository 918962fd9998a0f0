package holdfast.judgement;

import holdfast.plan.Plan;
import holdfast.plan.Sites;
import holdfast.storage.Condition;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a holding is judged within: the plan in force, the sites, and the recorded condition of each element.
 *
 * @param doubtBefore set while facts may be missing (custody hold): what was proved before it may not be so any more
 * @param trials what samples of their files showed of the elements
 */
public record Surroundings(
        Plan plan, Sites sites, Map<StorageName, Condition> conditions, Optional<Instant> doubtBefore, Trials trials) {
    public Surroundings {
        conditions = Map.copyOf(conditions);
    }

    /** With every fact at hand, and nothing tried. */
    public Surroundings(Plan plan, Sites sites, Map<StorageName, Condition> conditions) {
        this(plan, sites, conditions, Optional.empty(), Trials.NONE);
    }

    public Condition condition(StorageName element) {
        return conditions.getOrDefault(element, Condition.unknown(element));
    }

    public Optional<StorageElement> element(StorageName name) {
        return sites.element(name);
    }
}
