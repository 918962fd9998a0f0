/** What this house shows to other servers: tokens with the least right for one path, made new and never written down. */
@NullMarked
package holdfast.server.credentials;

import org.jspecify.annotations.NullMarked;
