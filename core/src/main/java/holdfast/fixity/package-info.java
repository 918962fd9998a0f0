/** Inspecting copies: the calendar, the five outcomes, and what follows from two of them in a row. */
@NullMarked
package holdfast.fixity;

import org.jspecify.annotations.NullMarked;
