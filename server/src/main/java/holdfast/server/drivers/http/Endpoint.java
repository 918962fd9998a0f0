package holdfast.server.drivers.http;

import java.net.URI;
import java.util.Locale;

/** Where a server listens: one scheme, one host, one port. */
public record Endpoint(String scheme, String host, int port) {

    /**
     * The endpoint of an address; the field's {@code davs} and {@code dav} are https and http.
     *
     * @throws IllegalArgumentException when the address has no host, or is of another scheme
     */
    public static Endpoint of(URI address) {
        String scheme = plainScheme(address);
        if (address.getHost() == null) {
            throw new IllegalArgumentException("'%s' names no host".formatted(address));
        }
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return new Endpoint(scheme, address.getHost().toLowerCase(Locale.ROOT), port);
    }

    private static String plainScheme(URI address) {
        return switch (String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT)) {
            case "https", "davs" -> "https";
            case "http", "dav" -> "http";
            case String other ->
                throw new IllegalArgumentException("'%s' is no address of http or https: %s".formatted(other, address));
        };
    }

    /** The root of the endpoint, without a slash at its end. */
    public URI uri() {
        return URI.create("%s://%s:%d".formatted(scheme, host, port));
    }

    @Override
    public String toString() {
        return uri().toString();
    }
}
