/** Digests of bytes as they pass by. */
@NullMarked
package holdfast.cli.bytes;

import org.jspecify.annotations.NullMarked;
