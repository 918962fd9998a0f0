/** Looks around the house, and tells people what they should know: alarms, messages, signs of life. */
@NullMarked
package holdfast.server.alarm;

import org.jspecify.annotations.NullMarked;
