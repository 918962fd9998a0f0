/** What every request passes first: who asks too often waits, every answer carries the same strict headers, and what was denied is written down. */
@NullMarked
package holdfast.server.edge;

import org.jspecify.annotations.NullMarked;
