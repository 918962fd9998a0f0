/** Carrying bytes to an element: read once, digested on the way, refused before they become visible when wrong. */
@NullMarked
package holdfast.server.movers;

import org.jspecify.annotations.NullMarked;
