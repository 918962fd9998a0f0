package holdfast.server.api.rucio.rules;

import holdfast.placement.Rule;
import holdfast.server.api.rucio.wire.Dates;
import holdfast.server.api.rucio.wire.Query;
import holdfast.server.catalog.RuleDetails;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The filters of a list of rules, as the address states them. */
final class RuleFilter implements Predicate<Rule> {
    private final Query query;
    private final Optional<Instant> createdBefore;
    private final Optional<Instant> createdAfter;
    private final Optional<Instant> updatedBefore;
    private final Optional<Instant> updatedAfter;

    RuleFilter(Query query) {
        this.query = query;
        this.createdBefore = date("created_before");
        this.createdAfter = date("created_after");
        this.updatedBefore = date("updated_before");
        this.updatedAfter = date("updated_after");
    }

    @Override
    public boolean test(Rule rule) {
        Rule.Hold hold = rule.hold();
        return has("scope", rule.target().id().scope().name())
                && has("name", rule.target().id().name())
                && has("did_type", rule.target().kind().name())
                && has("rse_expression", rule.wish().expression())
                && has("copies", Integer.toString(rule.wish().copies()))
                && has("grouping", rule.wish().grouping().name())
                && has("locked", Boolean.toString(hold.locked()))
                && has("activity", RuleDetails.of(rule.details()).activity().orElse("User Subscriptions"))
                && createdBefore.map(hold.created()::isBefore).orElse(true)
                && createdAfter.map(hold.created()::isAfter).orElse(true)
                && updatedBefore.map(hold.updated()::isBefore).orElse(true)
                && updatedAfter.map(hold.updated()::isAfter).orElse(true);
    }

    private boolean has(String key, String value) {
        return query.text(key)
                .map(wanted -> wanted.toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT))
                        || (wanted.length() == 1 && value.startsWith(wanted.toUpperCase(Locale.ROOT))))
                .orElse(true);
    }

    private Optional<Instant> date(String key) {
        return query.text(key).map(Dates::read);
    }
}
