/** Who may call which route of the house's own interface and its pages. */
@NullMarked
package holdfast.server.routes;

import org.jspecify.annotations.NullMarked;
