/** An existing Rucio is read, handed to the server in portions, and compared with what the server has; nothing is written there. */
@NullMarked
package holdfast.cli.adopt;

import org.jspecify.annotations.NullMarked;
