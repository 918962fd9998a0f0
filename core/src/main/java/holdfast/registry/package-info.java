/** Small things that people keep by name: accounts, scopes, elements added by hand, limits, settings; each a document. */
@NullMarked
package holdfast.registry;

import org.jspecify.annotations.NullMarked;
