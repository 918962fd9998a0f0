/** The one way out over HTTP: to an element's own hosts, at checked addresses, and nowhere else. */
@NullMarked
package holdfast.server.drivers.http;

import org.jspecify.annotations.NullMarked;
