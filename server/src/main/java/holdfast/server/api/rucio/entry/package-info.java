/** The first endpoints that a client calls: is somebody there, who am I, and the ways to log in. */
@NullMarked
package holdfast.server.api.rucio.entry;

import org.jspecify.annotations.NullMarked;
