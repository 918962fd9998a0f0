package holdfast.server.identity;

import holdfast.vocabulary.AccountName;

/**
 * An identity that may act for an account.
 *
 * @param email where to reach them; may be empty
 * @param isDefault whether this account is taken where several could be and none is asked for
 */
public record Mapping(Identity identity, AccountName account, String email, boolean isDefault) {}
