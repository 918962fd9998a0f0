package holdfast.server.api.rucio.accounts;

import holdfast.access.Action;
import holdfast.access.Subject;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.Limits;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Rse;
import holdfast.server.catalog.Rses;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** How much accounts' rules may lock. */
public final class LimitSubject implements holdfast.server.api.rucio.wire.Subject {
    private static final String STRICT =
            "404 AccountNotFound where there is no such account; no limit is shown as -1, for Infinity is not JSON";

    private final Accounts accounts;
    private final Rses rses;
    private final Limits limits;
    private final Permissions permissions;

    public LimitSubject(Accounts accounts, Rses rses, Limits limits, Permissions permissions) {
        this.accounts = accounts;
        this.rses = rses;
        this.limits = limits;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs("GET /accounts/{account}/limits", STRICT, this::local)
                .differs("GET /accounts/{account}/limits/local", STRICT, this::local)
                .differs("GET /accounts/{account}/limits/{rse}", STRICT, this::localAt)
                .differs("GET /accounts/{account}/limits/local/{rse}", STRICT, this::localAt)
                .supports("POST /accounts/{account}/limits/local/{rse}", this::putLocal)
                .supports("DELETE /accounts/{account}/limits/local/{rse}", this::dropLocal)
                .differs("GET /accounts/{account}/limits/global", STRICT, this::global)
                .differs("GET /accounts/{account}/limits/global/{rse_expression}", STRICT, this::globalOf)
                .supports("POST /accounts/{account}/limits/global/{rse_expression}", this::putGlobal)
                .supports("DELETE /accounts/{account}/limits/global/{rse_expression}", this::dropGlobal);
    }

    private AccountName account(RucioCall call) {
        return accounts.account(call.path("account")).name();
    }

    private Answer local(RucioCall call) {
        SortedMap<StorageName, Long> found = limits.local(account(call));
        return Answer.json(out -> {
            out.begin();
            found.forEach((element, bytes) -> out.put(element.name(), shown(bytes)));
            out.end();
        });
    }

    private static @Nullable Object shown(@Nullable Long bytes) {
        return bytes != null && bytes == Limits.UNLIMITED ? (Long) Limits.NO_LIMIT : bytes;
    }

    private Answer localAt(RucioCall call) {
        StorageName element = rses.find(call.path("rse")).name();
        @Nullable Long found = limits.local(account(call)).get(element);
        return Answer.json(out -> out.begin().put(element.name(), shown(found)).end());
    }

    private Answer putLocal(RucioCall call) {
        long bytes = bytes(call);
        permissions.require(call.account(), Action.SET_ACCOUNT_LIMIT, about(call));
        limits.put(call.account(), account(call), call.path("rse"), bytes);
        return Answer.created();
    }

    /** As much as there is may come as a number or as a word. */
    private static long bytes(RucioCall call) {
        var value = call.parameters().mustNode("bytes");
        boolean isWord = value.isString() && List.of("inf", "infinity").contains(value.stringValue());
        return isWord ? Limits.NO_LIMIT : call.parameters().number("bytes");
    }

    private static Subject about(RucioCall call) {
        return Subject.account(Accounts.name(call.path("account")));
    }

    private Answer dropLocal(RucioCall call) {
        permissions.require(call.account(), Action.SET_ACCOUNT_LIMIT, about(call));
        limits.drop(call.account(), account(call), call.path("rse"));
        return Answer.empty();
    }

    private Answer global(RucioCall call) {
        SortedMap<String, Long> found = limits.byExpression(account(call));
        return Answer.json(out -> {
            out.begin();
            for (Map.Entry<String, Long> limit : found.entrySet()) {
                List<Rse> resolved = resolved(limit.getKey());
                out.key(limit.getKey())
                        .begin()
                        .putList("resolved_rses", resolved, (o, rse) -> o.value(rse.name()))
                        .putList("resolved_rse_ids", resolved, (o, rse) -> o.value(rse.id()))
                        .put("limit", shown(limit.getValue()))
                        .end();
            }
            out.end();
        });
    }

    /** An expression that named elements when the limit was set may name none today. */
    private List<Rse> resolved(String expression) {
        try {
            return rses.matching(expression);
        } catch (RucioError noneLeft) {
            return List.of();
        }
    }

    private Answer globalOf(RucioCall call) {
        String expression = call.path("rse_expression");
        @Nullable Long found = limits.byExpression(account(call)).get(expression);
        return Answer.json(out -> out.begin().put(expression, shown(found)).end());
    }

    private Answer putGlobal(RucioCall call) {
        long bytes = bytes(call);
        permissions.require(call.account(), Action.SET_ACCOUNT_LIMIT, about(call));
        limits.putGlobal(call.account(), account(call), call.path("rse_expression"), bytes);
        return Answer.created();
    }

    private Answer dropGlobal(RucioCall call) {
        permissions.require(call.account(), Action.SET_ACCOUNT_LIMIT, about(call));
        limits.dropGlobal(call.account(), account(call), call.path("rse_expression"));
        return Answer.empty();
    }
}
