/** Names as Rucio's clients ask for them: what they stand for, what they hold, and what is said of them. */
@NullMarked
package holdfast.server.api.rucio.dids;

import org.jspecify.annotations.NullMarked;
