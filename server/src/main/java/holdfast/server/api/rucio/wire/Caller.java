package holdfast.server.api.rucio.wire;

import holdfast.vocabulary.AccountName;

/**
 * Who calls, as the token says: the account acts, the identity is whoever showed it.
 *
 * @param identity such as the name of a userpass identity or a DN
 */
public record Caller(AccountName account, String identity) {}
