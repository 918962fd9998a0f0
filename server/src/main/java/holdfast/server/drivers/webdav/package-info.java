/** Storage elements reached by WebDAV over HTTP, and copies that their servers make between each other. */
@NullMarked
package holdfast.server.drivers.webdav;

import org.jspecify.annotations.NullMarked;
