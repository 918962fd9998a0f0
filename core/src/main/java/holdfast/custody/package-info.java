/** The one loop: see, judge, plan, act, record. Start reading here. */
@NullMarked
package holdfast.custody;

import org.jspecify.annotations.NullMarked;
