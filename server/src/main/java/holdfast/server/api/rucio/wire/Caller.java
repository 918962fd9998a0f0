package holdfast.server.api.rucio.wire;

import holdfast.access.GroupClaim;
import holdfast.vocabulary.AccountName;
import java.util.Optional;

/**
 * Who calls, as the token says: the account acts, the identity is whoever showed it.
 *
 * @param identity such as the name of a userpass identity or a DN
 * @param claim what was said of their groups with this very login; empty where nothing was
 */
public record Caller(AccountName account, String identity, Optional<GroupClaim> claim) {
    /** One of whose groups nothing was said. */
    public Caller(AccountName account, String identity) {
        this(account, identity, Optional.empty());
    }
}
