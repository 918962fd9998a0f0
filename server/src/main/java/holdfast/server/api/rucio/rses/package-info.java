/** Storage elements with their protocols, attributes, limits, distances and use, as Rucio's clients ask for them. */
@NullMarked
package holdfast.server.api.rucio.rses;

import org.jspecify.annotations.NullMarked;
