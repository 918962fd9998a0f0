/** Work that is due: the clock, leases, and the rounds that take work, do it and record it. */
@NullMarked
package holdfast.server.work;

import org.jspecify.annotations.NullMarked;
