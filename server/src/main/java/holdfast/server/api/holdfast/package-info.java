/** Holdfast's own interface: what the command line and other programs call. */
@NullMarked
package holdfast.server.api.holdfast;

import org.jspecify.annotations.NullMarked;
