/** The plan as values: levels, classes, clauses and the closed set of obligations they are made of. */
@NullMarked
package holdfast.plan;

import org.jspecify.annotations.NullMarked;
