/** Tries the way out over HTTP. */
@NullMarked
package holdfast.server.drivers.http;

import org.jspecify.annotations.NullMarked;
