/** Hands out the bytes of registered files: which copy is read first, how it is opened, and what stands in the way. */
@NullMarked
package holdfast.server.reading;

import org.jspecify.annotations.NullMarked;
