package holdfast.custody;

import holdfast.ingest.NamingPolicy;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Trials;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import holdfast.storage.Condition;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The plan, sites and policy that were adopted together and hold now. */
public record InForce(Plan plan, Sites sites, NamingPolicy naming) {
    /**
     * What holdings are judged within.
     *
     * @param doubtBefore the moment before which proofs are in doubt (custody hold)
     */
    public Surroundings surroundings(
            Map<StorageName, Condition> conditions, Optional<Instant> doubtBefore, Trials trials) {
        return new Surroundings(plan, sites, conditions, doubtBefore, trials);
    }
}
