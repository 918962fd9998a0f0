/** What an existing Rucio says of itself, in its answers or in a dump of its tables, as values that Holdfast takes over. */
@NullMarked
package holdfast.formats.rucio;

import org.jspecify.annotations.NullMarked;
