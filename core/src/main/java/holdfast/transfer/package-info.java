/** Carrying bytes between elements: routes, sources, retries, and the facts of what arrived. */
@NullMarked
package holdfast.transfer;

import org.jspecify.annotations.NullMarked;
