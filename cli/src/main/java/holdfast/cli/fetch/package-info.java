/** Brings files from the best of their copies to this machine, checked, and goes on where it was cut off. */
@NullMarked
package holdfast.cli.fetch;

import org.jspecify.annotations.NullMarked;
