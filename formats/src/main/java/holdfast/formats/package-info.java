/** Files of people and programs as core values, each complaint with its line and column, and values as JSON. */
@NullMarked
package holdfast.formats;

import org.jspecify.annotations.NullMarked;
