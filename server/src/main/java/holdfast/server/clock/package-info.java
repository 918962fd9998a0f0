/** The one clock of the house. */
@NullMarked
package holdfast.server.clock;

import org.jspecify.annotations.NullMarked;
