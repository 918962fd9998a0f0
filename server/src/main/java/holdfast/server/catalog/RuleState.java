package holdfast.server.catalog;

import holdfast.placement.Rule;
import holdfast.server.sql.RuleSums.Sum;
import java.util.List;

/** The states in which clients see a rule. They follow from its locks and the copies; none is kept. */
public enum RuleState {
    OK,
    REPLICATING,
    STUCK,
    SUSPENDED,
    WAITING_APPROVAL,
    INJECT;

    static RuleState of(Rule rule, List<Sum> sums) {
        if (rule.paused().isPresent()) {
            return valueOf(rule.paused().get().name());
        }
        if (sums.stream().anyMatch(s -> s.inTrouble() > 0)) {
            return STUCK;
        }
        return sums.stream().allMatch(s -> s.there() == s.files()) ? OK : REPLICATING;
    }
}
