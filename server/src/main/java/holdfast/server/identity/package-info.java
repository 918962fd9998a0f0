/** Who asks: until identities exist, the holder of the initial administrator secret. */
@NullMarked
package holdfast.server.identity;

import org.jspecify.annotations.NullMarked;
