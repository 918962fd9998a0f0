/** Who may do what in the catalogue: one pure decision over accounts, their attributes, and the experiment's policy. */
@NullMarked
package holdfast.access;

import org.jspecify.annotations.NullMarked;
