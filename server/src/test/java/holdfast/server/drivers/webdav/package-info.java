/** Tries what the driver for WebDAV makes of odd servers. */
@NullMarked
package holdfast.server.drivers.webdav;

import org.jspecify.annotations.NullMarked;
