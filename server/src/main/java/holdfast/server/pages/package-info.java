/** The plan page and the clause page: what the server hands in, what is computed of it, and the routes. */
@NullMarked
package holdfast.server.pages;

import org.jspecify.annotations.NullMarked;
