/** How a node is set up: its options, what it adopts, and which part works with which. */
@NullMarked
package holdfast.server.config;

import org.jspecify.annotations.NullMarked;
