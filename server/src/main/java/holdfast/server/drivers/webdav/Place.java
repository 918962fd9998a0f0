package holdfast.server.drivers.webdav;

import holdfast.server.drivers.http.Endpoint;
import holdfast.server.drivers.http.Percent;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Turns paths within an element into addresses and back (RFC 3986, section 2). */
final class Place {
    private final Endpoint endpoint;
    /** Absolute, not encoded, no slash at its end. */
    private final String root;

    Place(URI root) {
        endpoint = Endpoint.of(root);
        String path = root.getPath() == null ? "" : root.getPath();
        this.root = path.replaceAll("/+$", "");
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** The server's own absolute path of a path in the element; empty is the element's root. */
    String absolute(String path) {
        return path.isEmpty() ? root + "/" : root + "/" + path;
    }

    URI address(String path) {
        return URI.create(endpoint + Percent.encoded(absolute(path)));
    }

    /** The path below the root, with a slash at the end of folders, as a server wrote it in an answer; null for another's. */
    @Nullable
    String below(String href, Dialect dialect) {
        String written = withoutHost(href);
        String path = dialect.plainAnswers() ? written : Percent.decoded(written);
        String folder = root + "/";
        if (path.equals(root)) {
            return "";
        }
        return path.startsWith(folder) ? path.substring(folder.length()) : null;
    }

    private static String withoutHost(String href) {
        int host = href.indexOf("://");
        int slash = host < 0 ? 0 : href.indexOf('/', host + 3);
        return slash < 0 ? "/" : href.substring(slash);
    }

    /** The destination of a move, in the server's own dialect. */
    String destination(String path, Dialect dialect) {
        return dialect.plainDestination()
                ? endpoint + absolute(path)
                : address(path).toString();
    }
}
