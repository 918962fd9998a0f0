/** Stops the house at every point where it reaches out of its process, and looks whether anything was lost. */
@NullMarked
package holdfast.server.crash;

import org.jspecify.annotations.NullMarked;
