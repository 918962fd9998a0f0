/** Accounts, who may act for them, their scopes, attributes and limits, as Rucio's clients ask for them. */
@NullMarked
package holdfast.server.api.rucio.accounts;

import org.jspecify.annotations.NullMarked;
