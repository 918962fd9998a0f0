/** The drivers that reach the bytes of storage elements, and the one pass over bytes that computes their digests. */
@NullMarked
package holdfast.server.drivers;

import org.jspecify.annotations.NullMarked;
