package holdfast.server.drivers.webdav;

import holdfast.server.drivers.http.Endpoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Turns paths within an element into addresses and back (RFC 3986, section 2). */
final class Place {
    private static final String PLAIN = "-._~";
    private static final String HEX = "0123456789ABCDEF";

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
        return URI.create(endpoint + encoded(absolute(path)));
    }

    /** The path below the root, with a slash at the end of folders, as a server wrote it in an answer; null for another's. */
    @Nullable String below(String href, Dialect dialect) {
        String written = withoutHost(href);
        String path = dialect.plainAnswers() ? written : decoded(written);
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
        return dialect.plainDestination() ? endpoint + absolute(path) : address(path).toString();
    }

    static String encoded(String path) {
        StringBuilder encoded = new StringBuilder(path.length() + 16);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c == '/'
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || PLAIN.indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    /** Percent signs that begin no code stay as they are: some servers write names as they stand. */
    static String decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                out[length++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                out[length++] = bytes[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
