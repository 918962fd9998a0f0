/** Builds a house anew from the segments that it shipped, and tries that again and again while nothing has happened. */
@NullMarked
package holdfast.server.rebuild;

import org.jspecify.annotations.NullMarked;
