/** Holdfast's own word on a name: why each copy is where it is, what is unmet and why, what happens next. */
@NullMarked
package holdfast.server.api.rucio.explain;

import org.jspecify.annotations.NullMarked;
