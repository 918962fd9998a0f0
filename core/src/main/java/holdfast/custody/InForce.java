package holdfast.custody;

import holdfast.ingest.NamingPolicy;
import holdfast.judgement.Surroundings;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import holdfast.storage.Condition;
import holdfast.vocabulary.StorageName;
import java.util.Map;

/** The plan, sites and policy that were adopted together and hold now. */
public record InForce(Plan plan, Sites sites, NamingPolicy naming) {
    public Surroundings surroundings(Map<StorageName, Condition> conditions) {
        return new Surroundings(plan, sites, conditions);
    }
}
