package holdfast.server.api.rucio.dids;

import holdfast.access.Action;
import holdfast.access.Subject;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.RuleRequest;
import holdfast.server.catalog.Scopes;
import holdfast.server.catalog.Writer;
import holdfast.server.members.Viewers;
import holdfast.vocabulary.DataId;

/** Lets in who may do something with a name: its scope's owner and those whom the policy names. */
public final class DidGate {
    private final Permissions permissions;
    private final Scopes scopes;
    private final Viewers viewers;

    public DidGate(Permissions permissions, Scopes scopes, Viewers viewers) {
        this.viewers = viewers;
        this.permissions = permissions;
        this.scopes = scopes;
    }

    /** Who changes something by this call. */
    Writer writer(RucioCall call) {
        return viewers.writer(call.caller(), call.sees());
    }

    /** 401 AccessDenied, or 404 ScopeNotFound where the name's scope is none, or hidden. */
    void require(RucioCall call, Action action, DataId id) {
        permissions.require(call.account(), action, Subject.NOTHING.in(scopes.place(id, call.sees())));
    }

    /** 401 AccessDenied where the account may not make such a rule. */
    void requireRule(RucioCall call, RuleRequest rule) {
        for (DataId id : rule.of()) {
            Subject about = Subject.account(rule.account())
                    .in(scopes.place(id, call.sees()))
                    .locked(rule.locked());
            permissions.require(call.account(), Action.ADD_RULE, about);
        }
    }

    /** For what belongs to no scope. */
    void require(RucioCall call, Action action) {
        permissions.require(call.account(), action);
    }
}
