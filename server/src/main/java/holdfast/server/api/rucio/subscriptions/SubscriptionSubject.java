package holdfast.server.api.rucio.subscriptions;

import holdfast.access.Action;
import holdfast.access.Subject;
import holdfast.server.api.rucio.rules.RuleOut;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Ids;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.RuleDetails;
import holdfast.server.catalog.RuleState;
import holdfast.server.catalog.RuleView;
import holdfast.server.catalog.RuleViews;
import holdfast.server.catalog.Subscription;
import holdfast.server.catalog.Subscription.Name;
import holdfast.server.catalog.Subscriptions;
import holdfast.server.clock.HouseClock;
import holdfast.vocabulary.Visible;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Subscriptions, and the rules that they made. */
public final class SubscriptionSubject implements holdfast.server.api.rucio.wire.Subject {
    private static final String EVALUATED =
            "collections are asked about within seconds and once, with the metadata they have"
                    + " then; chained_idx, algorithm and wildcards of a rule are refused";

    private final Subscriptions subscriptions;
    private final RuleViews rules;
    private final Permissions permissions;
    private final HouseClock clock;

    public SubscriptionSubject(
            Subscriptions subscriptions, RuleViews rules, Permissions permissions, HouseClock clock) {
        this.subscriptions = subscriptions;
        this.rules = rules;
        this.permissions = permissions;
        this.clock = clock;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs("POST /subscriptions/{account}/{name}", EVALUATED, this::add)
                .differs("PUT /subscriptions/{account}/{name}", EVALUATED, this::update)
                .supports("GET /subscriptions/{account}/{name}", call -> list(call, is(name(call))))
                .supports(
                        "GET /subscriptions/{account}",
                        call -> list(call, one -> one.name().account().name().equals(call.path("account"))))
                .supports("GET /subscriptions/", call -> list(call, one -> true))
                .supports(
                        "GET /subscriptions/name/{name}",
                        call -> list(call, one -> one.name().text().equals(call.path("name"))))
                .supports("GET /subscriptions/id/{subscription_id}", this::byId)
                .supports("GET /subscriptions/{account}/{name}/rules", this::rules)
                .supports(
                        "GET /subscriptions/{account}/{name}/rules/states",
                        call -> states(
                                call,
                                is(subscriptions.must(name(call), call.sees()).name())))
                .supports(
                        "GET /subscriptions/{account}/rules/states",
                        call -> states(call, one -> one.name().account().name().equals(call.path("account"))));
    }

    private static Name name(RucioCall call) {
        return new Name(Accounts.name(call.path("account")), call.path("name"));
    }

    private static Predicate<Subscription> is(Name name) {
        return one -> one.name().equals(name);
    }

    private Answer add(RucioCall call) {
        Parameters options = OrderAsked.options(call);
        Subscription.Order order = OrderAsked.whole(options, clock.now());
        permissions.require(
                call.account(),
                Action.ADD_SUBSCRIPTION,
                Subject.account(name(call).account()));
        return Answer.created(Ids.text(subscriptions.add(call.account(), name(call), order)));
    }

    private Answer update(RucioCall call) {
        Parameters options = OrderAsked.options(call);
        Optional<Subscription.State> state = OrderAsked.state(options);
        permissions.require(
                call.account(),
                Action.UPDATE_SUBSCRIPTION,
                Subject.account(name(call).account()));
        subscriptions.update(call.account(), name(call), old -> OrderAsked.changed(old, options, clock.now()), state);
        return Answer.created();
    }

    private Answer list(RucioCall call, Predicate<Subscription> wanted) {
        List<Subscription> found =
                subscriptions.all(call.sees()).stream().filter(wanted).toList();
        if (found.isEmpty()) {
            throw RucioError.notFound("SubscriptionNotFound", "Subscription not found");
        }
        return Answer.lines(found, SubscriptionSubject::write);
    }

    private Answer byId(RucioCall call) {
        Optional<UUID> id = Ids.read(call.path("subscription_id"));
        Subscription found = subscriptions.all(call.sees()).stream()
                .filter(one -> Optional.of(one.id()).equals(id))
                .findFirst()
                .orElseThrow(() -> RucioError.notFound(
                        "SubscriptionNotFound",
                        "Subscription with id '" + call.path("subscription_id") + "' not found"));
        return Answer.json(out -> write(out, found));
    }

    private static void write(JsonOut out, Subscription one) {
        Subscription.Order order = one.order();
        out.begin()
                .put("id", one.id())
                .put("name", one.name().text())
                .put("account", one.name().account())
                .put("filter", order.filter())
                .put("replication_rules", order.rules())
                .put("policyid", order.priority())
                .put("state", one.state())
                .put("lifetime", order.until())
                .put("retroactive", order.retroactive())
                .put("dry_run", order.dryRun())
                .put("comments", order.comments())
                .put("last_processed", one.updated())
                .put("created_at", one.created())
                .put("updated_at", one.updated())
                .putNull("expired_at")
                .end();
    }

    private Answer rules(RucioCall call) {
        Subscription one = subscriptions.must(name(call), call.sees());
        Optional<String> state = call.query().text("state");
        return Answer.lines(out -> each(one, call.sees(), view -> {
            boolean wanted = state.map(text -> view.state().name().equalsIgnoreCase(text)
                            || view.state().name().substring(0, 1).equalsIgnoreCase(text))
                    .orElse(true);
            if (wanted) {
                RuleOut.write(out, view);
            }
        }));
    }

    private void each(Subscription one, Visible sees, Consumer<RuleView> taking) {
        Optional<UUID> id = Optional.of(one.id());
        rules.each(
                sees,
                Optional.of(one.name().account()),
                rule -> RuleDetails.of(rule.details()).subscription().equals(id),
                taking);
    }

    private Answer states(RucioCall call, Predicate<Subscription> wanted) {
        boolean details = call.query().flag("include_details", false);
        List<Subscription> found =
                subscriptions.all(call.sees()).stream().filter(wanted).toList();
        return Answer.lines(out -> found.forEach(one -> states(out, one, count(one, call.sees()), details)));
    }

    private Map<RuleState, Long> count(Subscription one, Visible sees) {
        Map<RuleState, Long> counts = new EnumMap<>(RuleState.class);
        each(one, sees, view -> counts.merge(view.state(), 1L, Long::sum));
        return counts;
    }

    /** A line for each state; one with none where it made no rules. */
    private static void states(JsonOut out, Subscription one, Map<RuleState, Long> counts, boolean details) {
        if (counts.isEmpty()) {
            line(out, one, Optional.empty(), 0, details);
        }
        counts.forEach((state, count) -> line(out, one, Optional.of(state), count, details));
    }

    private static void line(JsonOut out, Subscription one, Optional<RuleState> state, long count, boolean details) {
        out.beginList()
                .value(one.name().account().name())
                .value(one.name().text())
                .value(state)
                .value(count);
        if (details) {
            out.value(one.state()).value(one.updated()).value(one.order().until());
            out.value((Object) null).value(one.order().comments());
        }
        out.endList();
    }
}
