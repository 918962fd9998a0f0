/** What may be released and what forbids it: the only caller of a driver's release. */
@NullMarked
package holdfast.retention;

import org.jspecify.annotations.NullMarked;
