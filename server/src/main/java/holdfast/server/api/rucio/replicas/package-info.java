/** Copies: where files lie, who says so, and what is wrong with them. */
@NullMarked
package holdfast.server.api.rucio.replicas;

import org.jspecify.annotations.NullMarked;
