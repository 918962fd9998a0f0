package holdfast.server.api.rucio.rules;

import holdfast.access.Action;
import holdfast.access.Subject.Place;
import holdfast.placement.Rule;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Ids;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.RuleBook;
import holdfast.server.catalog.RuleElements;
import holdfast.server.catalog.RuleRequest;
import holdfast.server.catalog.RuleView;
import holdfast.server.catalog.RuleViews;
import holdfast.server.catalog.Scopes;
import holdfast.server.clock.HouseClock;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Rules: made, changed, ended, explained. */
public final class RulesSubject implements Subject {
    private final Desk desk;

    /** What it works with. */
    public record Desk(
            RuleBook book,
            RuleViews views,
            RuleElements elements,
            Accounts accounts,
            Scopes scopes,
            Permissions permissions,
            HouseClock clock) {}

    public RulesSubject(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("POST /rules/", this::add)
                .supports("GET /rules/", this::list)
                .supports("GET /rules/{rule_id}", this::one)
                .supports("PUT /rules/{rule_id}", this::change)
                .differs(
                        "DELETE /rules/{rule_id}",
                        "ends the rule one hour later as Rucio does; copies stay until two people sign their release,"
                                + " and never go while a clause of the plan needs them",
                        this::remove)
                .differs(
                        "POST /rules/{rule_id}/reduce",
                        "200, since the published client takes the 201 of Rucio's server for a failure",
                        this::reduce)
                .supports("POST /rules/{rule_id}/move", this::move)
                .differs(
                        "GET /rules/{rule_id}/analysis",
                        "says in words what stands in the way of each file",
                        this::analysis)
                .supports("GET /rules/{rule_id}/locks", this::locks)
                .differs("GET /rules/{rule_id}/history", "answers; Rucio's own is unreachable", this::historyOfRule)
                .supports("GET /rules/{scope}/{name}/history", this::history)
                .supports(
                        "GET /dids/{scope}/{name}/rules",
                        call -> Answer.lines(desk.views.about(call.did(), false, call.sees()), RuleOut::write))
                .supports(
                        "GET /dids/{scope}/{name}/associated_rules",
                        call -> Answer.lines(desk.views.over(call.did(), call.sees()), RuleOut::write))
                .supports("GET /accounts/{account}/rules", this::ofAccount);
    }

    // Making and changing
    // ----------------------------------------------------------------------------------------------

    private Answer add(RucioCall call) {
        RuleRequest asked = RuleAsked.read(call.parameters(), call.account(), desk.clock.now());
        for (DataId id : asked.of()) {
            may(call, Action.ADD_RULE, asked.account(), id, asked.locked());
        }
        desk.accounts.account(asked.account());
        List<UUID> made = desk.book.add(call.account(), asked, call.sees());
        return created(made.stream().map(RulesSubject::quoted).collect(Collectors.joining(", ", "[", "]")));
    }

    /** JSON that is typed as a page, as the field's server does. */
    private static Answer created(String json) {
        return Answer.created(json);
    }

    private static String quoted(UUID id) {
        return '"' + Ids.text(id) + '"';
    }

    private Answer change(RucioCall call) {
        UUID id = id(call);
        RuleView view = desk.views.rule(id, call.sees());
        Parameters options = call.parameters()
                .maybeObject("options")
                .orElseThrow(() -> RucioError.bad("KeyError", "'options' not defined"));
        if (options.has("approve")) {
            desk.permissions.require(call.account(), Action.APPROVE_RULE);
            desk.book.decide(call.account(), id, options.flag("approve", false));
            return Answer.empty();
        }
        may(call, Action.UPDATE_RULE, view, view.rule().hold().locked());
        options.maybeText("account").ifPresent(desk.accounts::account);
        RuleOptions change = new RuleOptions(options, desk.clock.now());
        desk.book.change(call.account(), id, change::on);
        return Answer.empty();
    }

    private Answer remove(RucioCall call) {
        UUID id = id(call);
        RuleView view = desk.views.rule(id, call.sees());
        may(call, Action.DELETE_RULE, view, false);
        boolean purge = call.parametersIfAny().flag("purge_replicas", false);
        desk.book.endSoon(call.account(), id, purge);
        return Answer.empty();
    }

    private Answer reduce(RucioCall call) {
        UUID id = id(call);
        Parameters sent = call.parameters();
        int copies = RuleAsked.copies(sent.number("copies"));
        Optional<String> without = sent.maybeText("exclude_expression");
        RuleView view = desk.views.rule(id, call.sees());
        may(call, Action.REDUCE_RULE, view, false);
        if (copies >= view.rule().wish().copies()) {
            throw RucioError.conflict(
                    "RuleReplaceFailed", "Copies of the new rule must be smaller than copies of the old rule.");
        }
        mustBeKept(view);
        String expression = without.map(w -> "(" + view.rule().wish().expression() + ")\\" + "(" + w + ")")
                .orElse(view.rule().wish().expression());
        UUID made = desk.book.replace(call.account(), id, old -> with(old, copies, expression));
        return Answer.json(out -> out.value(Ids.text(made)));
    }

    private Answer move(RucioCall call) {
        UUID id = id(call);
        Parameters sent = call.parameters();
        String expression = RuleAsked.expression(sent.text("rse_expression"));
        RuleView view = desk.views.rule(id, call.sees());
        may(call, Action.MOVE_RULE, view, false);
        int copies = view.rule().wish().copies();
        UUID made = desk.book.replace(call.account(), id, old -> with(old, copies, expression));
        return created(quoted(made));
    }

    private static void mustBeKept(RuleView view) {
        if (view.state() != holdfast.server.catalog.RuleState.OK) {
            throw RucioError.conflict("RuleReplaceFailed", "The source rule must be in state OK.");
        }
    }

    private static RuleRequest with(RuleRequest old, int copies, String expression) {
        Rule.Wish wish = new Rule.Wish(
                copies,
                expression,
                old.wish().grouping(),
                old.wish().weight(),
                old.wish().sources());
        return new RuleRequest(
                old.of(),
                old.account(),
                wish,
                old.lifetime(),
                old.locked(),
                old.priority(),
                old.begin(),
                old.details());
    }

    // Reading
    // ----------------------------------------------------------------------------------------------------------

    private Answer one(RucioCall call) {
        RuleView view = desk.views.rule(id(call), call.sees());
        return Answer.json(out -> {
            out.begin();
            RuleOut.fields(out, view);
            out.end();
        });
    }

    private Answer list(RucioCall call) {
        Predicate<Rule> fits = new RuleFilter(call.query());
        Optional<String> scope = call.query().text("scope");
        Optional<String> name = call.query().text("name");
        if (scope.isPresent() && name.isPresent()) {
            DataId id = new DataId(new holdfast.vocabulary.Scope(scope.get()), name.get());
            return Answer.lines(
                    desk.views.about(id, false, call.sees()).stream()
                            .filter(v -> fits.test(v.rule()) && hasState(call, v))
                            .toList(),
                    RuleOut::write);
        }
        Optional<AccountName> account = call.query().text("account").map(Accounts::name);
        return Answer.lines(out -> desk.views.each(call.sees(), account, fits, view -> {
            if (hasState(call, view)) {
                RuleOut.write(out, view);
            }
        }));
    }

    private static boolean hasState(RucioCall call, RuleView view) {
        return call.query()
                .text("state")
                .map(s -> view.state().name().startsWith(s.toUpperCase(java.util.Locale.ROOT))
                        || (s.equals("U") && view.state() == holdfast.server.catalog.RuleState.SUSPENDED))
                .orElse(true);
    }

    private Answer ofAccount(RucioCall call) {
        AccountName account = desk.accounts.account(call.path("account")).name();
        return Answer.lines(
                out -> desk.views.each(call.sees(), Optional.of(account), _ -> true, view -> RuleOut.write(out, view)));
    }

    private Answer history(RucioCall call) {
        return Answer.lines(desk.views.about(call.did(), true, call.sees()), RuleOut::history);
    }

    private Answer historyOfRule(RucioCall call) {
        RuleView view = desk.views.rule(id(call), call.sees());
        return Answer.lines(List.of(view), RuleOut::history);
    }

    private Answer locks(RucioCall call) {
        UUID id = id(call);
        return Answer.lines(out -> desk.views.locks(
                id,
                call.sees(),
                lock -> out.begin()
                        .put("scope", lock.file().scope().name())
                        .put("name", lock.file().name())
                        .put("rse_id", desk.elements.id(lock.at()))
                        .put("rse", lock.at().name())
                        .put("state", state(lock.available(), lock.problem().isPresent()))
                        .put("rule_id", id)
                        .end()));
    }

    static String state(boolean available, boolean trouble) {
        if (available) {
            return "OK";
        }
        return trouble ? "STUCK" : "REPLICATING";
    }

    private Answer analysis(RucioCall call) {
        UUID id = id(call);
        RuleView view = desk.views.rule(id, call.sees());
        return Answer.json(out -> {
            out.begin().put("rule_error", RuleOut.words(view)).key("transfers").beginList();
            desk.views.locks(
                    id,
                    call.sees(),
                    lock -> lock.problem().filter(_ -> !lock.available()).ifPresent(why -> transfer(out, lock, why)));
            out.endList().end();
        });
    }

    private void transfer(JsonOut out, holdfast.server.sql.LockRows.OfFile lock, String why) {
        out.begin()
                .put("scope", lock.file().scope().name())
                .put("name", lock.file().name())
                .put("rse_id", desk.elements.id(lock.at()))
                .put("rse", lock.at().name())
                .put("last_error", why)
                .putNull("last_source")
                .put(
                        "attempts",
                        desk.views
                                .order(lock.file(), lock.at(), Visible.EVERYTHING)
                                .attempts());
        out.key("sources").beginList().endList().putNull("last_time").end();
    }

    // Permission
    // -------------------------------------------------------------------------------------------------------

    private void may(RucioCall call, Action action, RuleView view, boolean locked) {
        may(call, action, view.rule().hold().account(), view.rule().target().id(), locked);
    }

    private void may(RucioCall call, Action action, AccountName of, DataId id, boolean locked) {
        holdfast.access.Subject subject =
                holdfast.access.Subject.account(of).in(place(id)).locked(locked);
        desk.permissions.require(call.account(), action, subject);
    }

    private Place place(DataId id) {
        AccountName owner =
                desk.scopes.findOwner(id.scope(), Visible.EVERYTHING).orElse(AccountName.ROOT);
        return new Place(id.scope(), owner, id.name());
    }

    private static UUID id(RucioCall call) {
        String text = call.path("rule_id");
        return Ids.read(text)
                .orElseThrow(() -> RucioError.notFound("RuleNotFound", "No rule with the id " + text + " found"));
    }
}
