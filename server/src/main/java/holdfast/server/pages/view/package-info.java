/** What a page's templates print: words, numbers and drawings, already decided, with nothing left to compute. */
@NullMarked
package holdfast.server.pages.view;

import org.jspecify.annotations.NullMarked;
