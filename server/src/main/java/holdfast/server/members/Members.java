package holdfast.server.members;

import holdfast.plan.MemberSource;
import holdfast.server.catalog.Account;
import holdfast.server.catalog.Accounts;
import holdfast.vocabulary.AccountName;
import java.util.Set;
import java.util.function.Supplier;

/** What the source of members says of somebody. */
public final class Members {
    private final Supplier<MemberSource> source;
    private final Accounts accounts;

    /** What somebody is, by the source's last word. */
    public sealed interface Standing {
        /** A member today, with the roles that the source gives. */
        record Active(Set<String> roles) implements Standing {
            public Active {
                roles = Set.copyOf(roles);
            }
        }

        /** Was a member once, and is none any more. */
        record Left() implements Standing {}

        /** The source does not know of them, or is silent for too long. */
        record Unknown() implements Standing {}
    }

    public Members(Supplier<MemberSource> source, Accounts accounts) {
        this.source = source;
        this.accounts = accounts;
    }

    /**
     * What somebody is now.
     *
     * @param identity that they showed, as the login has it
     */
    public Standing of(AccountName account, String identity) {
        return switch (source.get().from()) {
            case ACCOUNTS ->
                accounts.isActive(account) && accounts.known(account).type() != Account.Type.SERVICE
                        ? new Standing.Active(Set.of())
                        : new Standing.Unknown();
            case EXPORT -> new Standing.Unknown();
        };
    }
}
