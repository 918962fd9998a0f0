/** Files for people and programs: where each can be read, and its bytes, in whole or in part. */
@NullMarked
package holdfast.server.api.files;

import org.jspecify.annotations.NullMarked;
