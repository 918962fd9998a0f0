/** What one shift hands over to the next: what began, what ended, what stands, who waits for whom. */
@NullMarked
package holdfast.server.shift;

import org.jspecify.annotations.NullMarked;
