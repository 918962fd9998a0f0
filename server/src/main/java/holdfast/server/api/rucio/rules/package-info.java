/** Rucio's rules, locks and requests over {@link holdfast.server.catalog.RuleBook}. */
@NullMarked
package holdfast.server.api.rucio.rules;

import org.jspecify.annotations.NullMarked;
