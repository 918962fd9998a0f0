/** Real servers of the grid, started on loopback for tests, and what the house does with them. */
@NullMarked
package holdfast.server.grid;

import org.jspecify.annotations.NullMarked;
