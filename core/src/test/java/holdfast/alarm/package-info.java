/** Tests of what is said, when, and when again. */
@NullMarked
package holdfast.alarm;

import org.jspecify.annotations.NullMarked;
