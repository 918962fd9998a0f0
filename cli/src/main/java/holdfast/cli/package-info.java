/** The command line: each verb is a class, and an evidence bundle is verified here with no server at hand. */
@NullMarked
package holdfast.cli;

import org.jspecify.annotations.NullMarked;
