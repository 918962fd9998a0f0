/** Copies that an FTS3 orders of the servers, where a site wants its transfers to go through one. */
@NullMarked
package holdfast.server.drivers.fts;

import org.jspecify.annotations.NullMarked;
