package holdfast.cli.adopt;

import holdfast.cli.wire.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Opens an existing Rucio. */
public final class Sources {
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private Sources() {}

    /**
     * What reading a server needs.
     *
     * @param authorities certificates in PEM
     * @param temporary a folder for lists of names
     * @param metadataOfFiles whether the free metadata of each file are read too
     */
    public record Means(Login login, Optional<Path> authorities, Path temporary, boolean metadataOfFiles) {}

    public static boolean isAddress(String place) {
        return place.startsWith("http://") || place.startsWith("https://");
    }

    /** Opens a dump; {@link holdfast.formats.rucio.BadSource} when the folder is none. */
    public static Source dump(Path folder) throws IOException {
        return DumpSource.open(folder);
    }

    /** Opens a server; nothing is asked yet. */
    public static Source address(String url, Means means) {
        String bare = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        URI parsed;
        try {
            parsed = URI.create(bare);
        } catch (IllegalArgumentException notAnAddress) {
            throw new NoSource(
                    "'" + url + "' is no address; write one like https://rucio.example.org:443", notAnAddress);
        }
        if (parsed.getHost() == null) {
            throw new NoSource("'" + url + "' names no host; write one like https://rucio.example.org:443");
        }
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECTING);
        means.authorities.ifPresent(file -> client.sslContext(Trust.in(file)));
        return new RestSource(bare, new RucioWire(parsed, client.build(), means.login), means);
    }
}
