/** Tries what the house shows of itself. */
@NullMarked
package holdfast.server.credentials;

import org.jspecify.annotations.NullMarked;
