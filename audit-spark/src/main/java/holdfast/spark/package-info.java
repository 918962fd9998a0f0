/** The big audit on Spark: the same comparison of dumps as on one machine, for sizes where one machine is too small. */
@NullMarked
package holdfast.spark;

import org.jspecify.annotations.NullMarked;
