package holdfast.server.catalog;

import holdfast.access.AccessPolicy;
import holdfast.access.Action;
import holdfast.access.Asker;
import holdfast.access.Permission;
import holdfast.access.Subject;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.vocabulary.AccountName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks whether an account may do something, by the policy in force. */
public final class Permissions {
    private final Accounts accounts;
    private final Supplier<AccessPolicy> policy;
    private final Function<AccountName, Set<String>> roles;

    /** @param roles that the source of members gives whoever an account is */
    public Permissions(Accounts accounts, Supplier<AccessPolicy> policy, Function<AccountName, Set<String>> roles) {
        this.roles = roles;
        this.accounts = accounts;
        this.policy = policy;
    }

    public boolean may(AccountName who, Action action, Subject subject) {
        return new Permission(policy.get()).may(asker(who), action, subject);
    }

    /** 401 AccessDenied, with the reason, where the account may not. */
    public void require(AccountName who, Action action, Subject subject) {
        new Permission(policy.get()).refusal(asker(who), action, subject).ifPresent(why -> {
            throw RucioError.denied(why);
        });
    }

    /** With the attributes of the account and the roles of its member; no source of members makes an administrator. */
    private Asker asker(AccountName who) {
        Map<String, String> attributes = new HashMap<>(accounts.attributes(who));
        roles.apply(who).stream()
                .filter(role -> !role.equals(AccessPolicy.ADMIN))
                .forEach(role -> attributes.put(role, "true"));
        return new Asker(who, attributes);
    }

    /** For what has no account, scope or element. */
    public void require(AccountName who, Action action) {
        require(who, action, Subject.NOTHING);
    }
}
