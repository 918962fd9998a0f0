/** Tries programs that open files. */
@NullMarked
package holdfast.server.openers;

import org.jspecify.annotations.NullMarked;
