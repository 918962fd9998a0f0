/** The journal kept outside the database: its signing key, its signed heads, its closed segments, its audit. */
@NullMarked
package holdfast.server.keeping;

import org.jspecify.annotations.NullMarked;
