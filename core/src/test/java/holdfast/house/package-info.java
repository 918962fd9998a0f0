/** The rules of the house as tests, and the proof that each rule fails when it is broken. */
@NullMarked
package holdfast.house;

import org.jspecify.annotations.NullMarked;
