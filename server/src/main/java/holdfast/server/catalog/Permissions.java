package holdfast.server.catalog;

import holdfast.access.AccessPolicy;
import holdfast.access.Action;
import holdfast.access.Permission;
import holdfast.access.Subject;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.vocabulary.AccountName;
import java.util.function.Supplier;

/** Asks whether an account may do something, by the policy in force. */
public final class Permissions {
    private final Accounts accounts;
    private final Supplier<AccessPolicy> policy;

    public Permissions(Accounts accounts, Supplier<AccessPolicy> policy) {
        this.accounts = accounts;
        this.policy = policy;
    }

    public boolean may(AccountName who, Action action, Subject subject) {
        return new Permission(policy.get()).may(accounts.asker(who), action, subject);
    }

    /** 401 AccessDenied, with the reason, where the account may not. */
    public void require(AccountName who, Action action, Subject subject) {
        new Permission(policy.get())
                .refusal(accounts.asker(who), action, subject)
                .ifPresent(why -> {
                    throw RucioError.denied(why);
                });
    }

    /** For what has no account, scope or element. */
    public void require(AccountName who, Action action) {
        require(who, action, Subject.NOTHING);
    }
}
