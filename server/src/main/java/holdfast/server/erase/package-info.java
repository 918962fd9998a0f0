/** The process of one site that removes its copies itself: it judges signed releases by what the site knows, with a credential of its own. */
@NullMarked
package holdfast.server.erase;

import org.jspecify.annotations.NullMarked;
