/** What the interfaces ask of the catalogue: one question, or one change in one transaction. */
@NullMarked
package holdfast.server.catalog;

import org.jspecify.annotations.NullMarked;
