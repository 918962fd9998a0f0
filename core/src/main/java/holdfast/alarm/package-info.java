/** What somebody should know now, when it is said again, and when silence is an answer. */
@NullMarked
package holdfast.alarm;

import org.jspecify.annotations.NullMarked;
