/**
 * Takes over what another Rucio knows, as claims to be proved in scopes that are only observed; nothing is ordered,
 * released or changed for them until people sign that this house manages them.
 */
@NullMarked
package holdfast.server.adoption;

import org.jspecify.annotations.NullMarked;
