/** Files and their copies: the journal folded into current state. */
@NullMarked
package holdfast.catalog;

import org.jspecify.annotations.NullMarked;
