package holdfast.cli.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A route of the server, percent-encoded (RFC 3986), with its query. */
public record Route(String text) {

    /** A route below {@code /api} of segments: {@code Route.of("verdicts", "P-25")}. */
    public static Route of(String... segments) {
        return below("/api", segments);
    }

    /** A route of the taking over of an existing Rucio. */
    public static Route adoption(String... segments) {
        return below("/holdfast/v1/adoption", segments);
    }

    /** A route of one file's bytes: {@code Route.file("raw", "/a/b", "bytes")}. */
    public static Route file(String scope, String name, String what) {
        return below("/holdfast/v1/files", scope, name, what);
    }

    /** A route of Rucio's interface. */
    public static Route rucio(String... segments) {
        return below("/rucio", segments);
    }

    private static Route below(String root, String... segments) {
        StringBuilder text = new StringBuilder(root);
        for (String segment : segments) {
            text.append('/').append(encoded(segment));
        }
        return new Route(text.toString());
    }

    /** This route with one more value in its query. */
    public Route with(String name, Object value) {
        char joint = text.indexOf('?') < 0 ? '?' : '&';
        return new Route(text + joint + encoded(name) + '=' + encoded(value.toString()));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
