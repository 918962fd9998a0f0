package holdfast.server.drivers.webdav;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that a server has, as PROPFIND tells it.
 *
 * @param path below the element's root, without a slash at its end; empty for the root
 * @param size in bytes; 0 for folders
 * @param modified by the server's clock
 */
record Resource(String path, boolean isFolder, long size, Optional<Instant> modified) {
    /** The last segment of its path. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
