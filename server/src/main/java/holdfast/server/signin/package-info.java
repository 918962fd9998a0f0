/** People who log in with a browser at an issuer that this node believes, and what is told to the command line for the same. */
@NullMarked
package holdfast.server.signin;

import org.jspecify.annotations.NullMarked;
