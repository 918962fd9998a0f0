/** Which copies to order, where and why; and what is unmet, with a reason a person can read. */
@NullMarked
package holdfast.placement;

import org.jspecify.annotations.NullMarked;
