package holdfast.server.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** The subject of a certificate in the form with slashes, without the parts that proxies add. */
public final class DistinguishedName {
    private static final Pattern PROXY = Pattern.compile("CN=(?:proxy|limited proxy|\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMA = Pattern.compile("(?<!\\\\),\\s*");

    private DistinguishedName() {}

    /** @param text {@code /DC=org/CN=A B/CN=proxy} or {@code CN=proxy,CN=A B,DC=org} */
    public static String normal(String text) {
        String whole = text.strip();
        List<String> parts = new ArrayList<>();
        if (whole.startsWith("/")) {
            parts.addAll(List.of(whole.substring(1).split("/(?=[A-Za-z0-9.]+=)", -1)));
        } else {
            parts.addAll(List.of(COMMA.split(whole, -1)));
            Collections.reverse(parts);
        }
        while (parts.size() > 1 && PROXY.matcher(parts.getLast()).matches()) {
            parts.removeLast();
        }
        return "/" + String.join("/", parts).replace("\\,", ",");
    }
}
