/** Who is a member, as a source outside tells it, and who somebody is to the plan by that. */
@NullMarked
package holdfast.server.members;

import org.jspecify.annotations.NullMarked;
