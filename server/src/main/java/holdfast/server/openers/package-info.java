/** Runs programs that open files, each on a copy of the bytes in a folder of its own. */
@NullMarked
package holdfast.server.openers;

import org.jspecify.annotations.NullMarked;
