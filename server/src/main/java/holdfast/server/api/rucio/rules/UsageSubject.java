package holdfast.server.api.rucio.rules;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.AccountLimits.Global;
import holdfast.server.catalog.AccountUsage;
import holdfast.server.catalog.AccountUsage.Used;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.Limits;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.RuleElements;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.StorageName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What accounts use: the sum of what their rules lock, added up when somebody asks. */
public final class UsageSubject implements Subject {
    private static final String DERIVED = "added up from the locks at each call; it cannot drift";

    private final Desk desk;

    /** What it works with. */
    public record Desk(
            Database database,
            Accounts accounts,
            Limits limits,
            AccountUsage usage,
            RuleElements elements,
            Permissions permissions,
            HouseClock clock) {}

    public UsageSubject(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs("GET /accounts/{account}/usage", DERIVED, call -> local(call, Optional.empty()))
                .differs("GET /accounts/{account}/usage/local", DERIVED, call -> local(call, Optional.empty()))
                .differs("GET /accounts/{account}/usage/{rse}", DERIVED, this::localAt)
                .differs("GET /accounts/{account}/usage/local/{rse}", DERIVED, this::localAt)
                .differs(
                        "GET /accounts/{account}/usage/history/{rse}",
                        "one entry, the use of this moment: it follows from the journal, and no other history is kept",
                        this::history)
                .differs("GET /accounts/{account}/usage/global", DERIVED, call -> global(call, Optional.empty()))
                .differs(
                        "GET /accounts/{account}/usage/global/{rse_expression}",
                        DERIVED,
                        call -> global(call, Optional.of(call.path("rse_expression"))));
    }

    private AccountName account(RucioCall call) {
        AccountName account = desk.accounts.account(call.path("account")).name();
        desk.permissions.require(call.account(), Action.SEE_ACCOUNT_USAGE, holdfast.access.Subject.account(account));
        return account;
    }

    private Map<StorageName, Used> used(AccountName account) {
        return desk.database.read(connection -> desk.usage.used(connection, account));
    }

    private Answer localAt(RucioCall call) {
        return local(call, Optional.of(desk.elements.named(call.path("rse"))));
    }

    private Answer local(RucioCall call, Optional<StorageName> only) {
        AccountName account = account(call);
        Map<StorageName, Used> used = used(account);
        Map<StorageName, Long> limits = desk.limits.local(account);
        Set<StorageName> names = new TreeSet<>(used.keySet());
        names.addAll(limits.keySet());
        only.ifPresent(names::add);
        return Answer.lines(
                names.stream().filter(n -> only.map(n::equals).orElse(true)).toList(), (out, name) -> {
                    out.begin().put("rse_id", desk.elements.id(name)).put("rse", name.name());
                    amounts(
                            out,
                            used.getOrDefault(name, new Used(0, 0)),
                            limit(account, limits.getOrDefault(name, 0L)));
                    out.end();
                });
    }

    private Answer history(RucioCall call) {
        StorageName name = desk.elements.named(call.path("rse"));
        Used used = used(account(call)).getOrDefault(name, new Used(0, 0));
        return Answer.json(out -> out.beginList()
                .begin()
                .put("bytes", used.bytes())
                .put("files", used.files())
                .put("updated_at", desk.clock.now())
                .end()
                .endList());
    }

    private Answer global(RucioCall call, Optional<String> only) {
        AccountName account = account(call);
        Map<StorageName, Used> used = used(account);
        return Answer.lines(
                desk.limits.global(account).stream()
                        .filter(g -> only.map(g.expression()::equals).orElse(true))
                        .toList(),
                (out, limit) -> {
                    out.begin().put("rse_expression", limit.expression());
                    amounts(out, together(used, limit), limit(account, limit.bytes()));
                    out.end();
                });
    }

    private static Used together(Map<StorageName, Used> used, Global limit) {
        return limit.elements().stream()
                .map(e -> used.getOrDefault(e, new Used(0, 0)))
                .reduce(new Used(0, 0), (a, b) -> new Used(a.files() + b.files(), a.bytes() + b.bytes()));
    }

    private long limit(AccountName account, long stated) {
        return stated == 0 && desk.limits.isUnlimited(account) ? UNLIMITED : Math.min(stated, UNLIMITED);
    }

    /** As much as Rucio's client can print. */
    private static final long UNLIMITED = 1_000_000_000_000_000_000L;

    private static void amounts(JsonOut out, Used used, long limit) {
        out.put("bytes", used.bytes())
                .put("files", used.files())
                .put("bytes_limit", limit)
                .put("bytes_remaining", limit - used.bytes());
    }
}
