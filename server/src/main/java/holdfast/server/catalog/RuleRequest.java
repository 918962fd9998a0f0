package holdfast.server.catalog;

import holdfast.placement.Rule;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asks of {@link RuleBook#add}.
 *
 * @param of a rule is made for each of these
 * @param lifetime after which it ends by itself
 * @param begin whether it works at once, waits for an approval, or begins later
 */
public record RuleRequest(
        List<DataId> of,
        AccountName account,
        Rule.Wish wish,
        Optional<Duration> lifetime,
        boolean locked,
        int priority,
        Optional<Rule.Pause> begin,
        RuleDetails details) {
    public RuleRequest {
        of = List.copyOf(of);
    }
}
