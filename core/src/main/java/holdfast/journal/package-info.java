/** The one door: facts, their canonical bytes for ever, the Merkle tree over them and its signed heads. */
@NullMarked
package holdfast.journal;

import org.jspecify.annotations.NullMarked;
