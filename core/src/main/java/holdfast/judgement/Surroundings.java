package holdfast.judgement;

import holdfast.plan.Plan;
import holdfast.plan.Sites;
import holdfast.storage.Condition;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.StorageName;
import java.util.Map;
import java.util.Optional;

/** What a holding is judged within: the plan in force, the sites, and the recorded condition of each element. */
public record Surroundings(Plan plan, Sites sites, Map<StorageName, Condition> conditions) {
    public Surroundings {
        conditions = Map.copyOf(conditions);
    }

    public Condition condition(StorageName element) {
        return conditions.getOrDefault(element, Condition.unknown(element));
    }

    public Optional<StorageElement> element(StorageName name) {
        return sites.element(name);
    }
}
