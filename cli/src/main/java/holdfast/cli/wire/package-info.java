/** The line to a server: one connection, its secret, and its refusals in words. */
@NullMarked
package holdfast.cli.wire;

import org.jspecify.annotations.NullMarked;
