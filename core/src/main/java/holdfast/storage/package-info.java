/** What a storage element is and promises, and the port through which its bytes are reached. */
@NullMarked
package holdfast.storage;

import org.jspecify.annotations.NullMarked;
