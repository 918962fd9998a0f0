/** The whole house on one seed: real workers and real SQL over elements that fail, lie and burn, watched by an oracle. */
@NullMarked
package holdfast.server.simulation;

import org.jspecify.annotations.NullMarked;
