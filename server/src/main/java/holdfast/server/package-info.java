/** The deployed node: the parts of the house put together, shown on one page. */
@NullMarked
package holdfast.server;

import org.jspecify.annotations.NullMarked;
