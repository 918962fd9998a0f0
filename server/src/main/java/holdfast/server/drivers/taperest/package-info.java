/** Tape behind the WLCG Tape REST API: bytes by WebDAV, recalls in bulk, patient with slow libraries and busy servers. */
@NullMarked
package holdfast.server.drivers.taperest;

import org.jspecify.annotations.NullMarked;
