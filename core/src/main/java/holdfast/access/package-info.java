/** Who is a member, and who may do what in the catalogue: pure decisions over people, accounts, and the experiment's plan and policy. */
@NullMarked
package holdfast.access;

import org.jspecify.annotations.NullMarked;
