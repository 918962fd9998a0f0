package holdfast.server.drivers.s3;

import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.DriverKind;
import holdfast.server.drivers.DriverSettings;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.storage.StorageElement;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Kind {@code s3} of the sites file. Its settings: {@code url} (of the endpoint, http or https), {@code bucket},
 * {@code prefix} (none), {@code region} ({@code us-east-1}), {@code path-style} ({@code yes} or {@code no}),
 * {@code secret-file} (relative ones lie in the data directory; two lines, or {@code access-key=} and
 * {@code secret-key=}), {@code stranger-secret-file} (the same of a non-member, who must be refused), {@code checksums} ({@code modern} or {@code legacy}), {@code part-size} (64 MB),
 * {@code lock-days} (no lock), {@code answers-within} (30 s).
 */
public final class S3Kind implements DriverKind {
    public static final String NAME = "s3";

    private static final int MOST_DAYS = 36_500;

    private final Path data;
    private final Start start;
    private final HouseClock clock;
    private final DnsResolver addresses;

    /** @param addresses what may be connected to under an endpoint's name */
    public S3Kind(Path data, Start start, HouseClock clock, DnsResolver addresses) {
        this.data = data.toAbsolutePath().normalize();
        this.start = start;
        this.clock = clock;
        this.addresses = addresses;
    }

    @Override
    public ElementDriver driver(StorageElement element, DriverSettings settings) {
        S3Settings chosen = new S3Settings(
                new S3Settings.Endpoint(
                        url(settings),
                        settings.maybe("region").orElse("us-east-1"),
                        settings.isFirst("path-style", "yes", "no"),
                        settings.isFirst("checksums", "modern", "legacy")),
                new S3Settings.Place(settings.text("bucket"), prefix(settings)),
                new S3Settings.Keys(
                        data.resolve(settings.text("secret-file")),
                        settings.maybe("stranger-secret-file").map(data::resolve)),
                partBytes(settings),
                lockDays(settings),
                settings.time("answers-within", S3Settings.ANSWERS_WITHIN),
                data.resolve("s3-parts"));
        settings.end();
        return new S3Driver(element.name(), chosen, start, clock, addresses);
    }

    private static URI url(DriverSettings settings) {
        String text = settings.text("url");
        String form = "an address such as https://s3.example.org:9000, with no path";
        try {
            URI url = new URI(text);
            boolean isHttp = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            boolean isBare = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            boolean hasPath = url.getRawPath() != null
                    && !url.getRawPath().isEmpty()
                    && !url.getRawPath().equals("/");
            if (!isHttp || url.getHost() == null || !isBare || hasPath) {
                throw settings.bad("url", text, form);
            }
            return url;
        } catch (URISyntaxException e) {
            throw settings.bad("url", text, form);
        }
    }

    private static String prefix(DriverSettings settings) {
        String text = settings.maybe("prefix").orElse("");
        if (text.startsWith("/")) {
            throw settings.bad("prefix", text, "a prefix such as raw/ that begins with no slash");
        }
        return text.isEmpty() || text.endsWith("/") ? text : text + "/";
    }

    private static long partBytes(DriverSettings settings) {
        OptionalLong size = settings.size("part-size");
        long bytes = size.orElse(S3Settings.PART);
        if (bytes < S3Settings.SMALLEST_PART || bytes > S3Settings.LARGEST_PART) {
            throw settings.bad("part-size", bytes + " B", "between 5242880 B (5 MiB) and 5368709120 B (5 GiB)");
        }
        return bytes;
    }

    private static OptionalInt lockDays(DriverSettings settings) {
        String text = settings.maybe("lock-days").orElse("");
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        boolean isNumber = text.matches("[1-9][0-9]{0,4}");
        if (!isNumber || Integer.parseInt(text) > MOST_DAYS) {
            throw settings.bad("lock-days", text, "a number of days from 1 to " + MOST_DAYS);
        }
        return OptionalInt.of(Integer.parseInt(text));
    }
}
