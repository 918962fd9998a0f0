/** Which copies are ordered, and what is said when none can be. */
@NullMarked
package holdfast.placement;

import org.jspecify.annotations.NullMarked;
