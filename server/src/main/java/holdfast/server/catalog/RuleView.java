package holdfast.server.catalog;

import holdfast.placement.Rule;
import holdfast.server.sql.RuleSums.Sum;
import java.util.List;
import java.util.Optional;

/**
 * A rule as clients see it: what was asked, and what follows from the copies.
 *
 * @param sums what it locks, by element
 */
public record RuleView(Rule rule, RuleDetails details, List<Sum> sums) {
    static RuleView of(Rule rule, List<Sum> sums) {
        return new RuleView(rule, RuleDetails.of(rule.details()), List.copyOf(sums));
    }

    public RuleState state() {
        return RuleState.of(rule, sums);
    }

    public long ok() {
        return sums.stream().mapToLong(Sum::there).sum();
    }

    public long stuck() {
        return sums.stream().mapToLong(Sum::inTrouble).sum();
    }

    public long replicating() {
        return sums.stream().mapToLong(Sum::files).sum() - ok() - stuck();
    }

    /** Bytes of one copy of what it covers. */
    public long bytes() {
        return sums.stream().mapToLong(Sum::bytes).sum() / rule.wish().copies();
    }

    /** Why it is not kept, where something stands in its way. */
    public Optional<String> error() {
        return details.error()
                .or(() -> sums.stream()
                        .map(Sum::problem)
                        .filter(p -> !p.isEmpty())
                        .findFirst());
    }
}
