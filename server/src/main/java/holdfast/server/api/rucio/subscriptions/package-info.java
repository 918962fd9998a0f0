/** Standing orders for rules, as Rucio's clients keep them. */
@NullMarked
package holdfast.server.api.rucio.subscriptions;

import org.jspecify.annotations.NullMarked;
