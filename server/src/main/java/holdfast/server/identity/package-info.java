/** Who asks: identities, their accounts and tokens, and the holder of the initial administrator secret. */
@NullMarked
package holdfast.server.identity;

import org.jspecify.annotations.NullMarked;
