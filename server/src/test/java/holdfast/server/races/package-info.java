/** Interleavings of real operations on a real PostgreSQL, statement by statement, each given by its seed. */
@NullMarked
package holdfast.server.races;

import org.jspecify.annotations.NullMarked;
