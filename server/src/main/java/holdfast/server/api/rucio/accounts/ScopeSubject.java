package holdfast.server.api.rucio.accounts;

import holdfast.access.Action;
import holdfast.access.Subject;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Scopes;
import holdfast.server.catalog.Writer;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Scope;
import java.util.List;
import java.util.Map;

/** Scopes and their owners. */
public final class ScopeSubject implements holdfast.server.api.rucio.wire.Subject {
    private final Accounts accounts;
    private final Scopes scopes;
    private final Permissions permissions;

    public ScopeSubject(Accounts accounts, Scopes scopes, Permissions permissions) {
        this.accounts = accounts;
        this.scopes = scopes;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs("GET /scopes/", "in the order of names; scopes of ingested data are among them", this::all)
                .supports("GET /scopes/owner/", this::owners)
                .supports("GET /accounts/{account}/scopes/", this::ofAccount)
                .supports("GET /scopes/{account}/scopes", this::ofAccount)
                .supports("POST /accounts/{account}/scopes/{scope}", this::add)
                .supports("POST /scopes/{account}/{scope}", this::add)
                .supports("PUT /scopes/{account}/{scope}", this::give);
    }

    private Answer all(RucioCall call) {
        return Answer.json(out -> out.value(scopes.all(call.sees()).keySet()));
    }

    private Answer owners(RucioCall call) {
        return Answer.json(out -> {
            out.beginList();
            for (Map.Entry<Scope, AccountName> entry : scopes.all(call.sees()).entrySet()) {
                out.begin()
                        .put("account", entry.getValue())
                        .put("scope", entry.getKey())
                        .end();
            }
            out.endList();
        });
    }

    private Answer ofAccount(RucioCall call) {
        AccountName account = accounts.account(call.path("account")).name();
        List<Scope> found = scopes.of(account, call.sees());
        if (found.isEmpty()) {
            throw RucioError.notFound("ScopeNotFound", "no scopes found for account ID '" + account + "'");
        }
        return Answer.json(out -> out.value(found));
    }

    private Answer add(RucioCall call) {
        Scope scope = new Scope(call.path("scope"));
        AccountName owner = Accounts.name(call.path("account"));
        permissions.require(call.account(), Action.ADD_SCOPE, Subject.account(owner));
        scopes.add(Writer.knowing(call.account(), call.sees()), scope, owner);
        return Answer.created();
    }

    private Answer give(RucioCall call) {
        Scope scope = Scopes.scope(call.path("scope"));
        AccountName owner = Accounts.name(call.path("account"));
        permissions.require(call.account(), Action.UPDATE_SCOPE, Subject.account(owner));
        scopes.give(Writer.knowing(call.account(), call.sees()), scope, owner);
        return Answer.created();
    }
}
