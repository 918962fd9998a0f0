package holdfast.server.drivers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import holdfast.server.drivers.BadDriver;
import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.http.PinnedAddresses;
import holdfast.storage.Place;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.DriverChoice;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3KindTest {
    @TempDir
    private Path data;

    @Test
    void whatIsNotStatedHasADefault() {
        try (ElementDriver driver = made(Map.of(), true)) {
            assertThat(driver.space()).isEmpty();
        }
    }

    @Test
    void aMalformedSettingIsRefusedWithAnExample() {
        refused(Map.of("url", "s3.example.org"), "https://s3.example.org:9000");
        refused(Map.of("url", "https://key:secret@s3.example.org"), "with no path");
        refused(Map.of("url", "https://s3.example.org/bucket"), "with no path");
        refused(Map.of("prefix", "/raw"), "begins with no slash");
        refused(Map.of("part-size", "1 MB"), "5 MiB");
        refused(Map.of("lock-days", "forever"), "a number of days");
        refused(Map.of("lock-days", "0"), "a number of days");
        refused(Map.of("checksums", "new"), "'modern' or 'legacy'");
        refused(Map.of("path-style", "true"), "'yes' or 'no'");
        refused(Map.of("access-key", "K"), "no setting [access-key]");
    }

    @Test
    void aMissingSettingIsNamed() {
        assertThatThrownBy(() -> catalogue(true).driverOf(element(Map.of("url", "http://h"))))
                .isInstanceOf(BadDriver.class)
                .hasMessageContaining("'bucket' is missing");
    }

    @Test
    void anEndpointInAPrivateNetworkIsNotSpokenTo() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = server(asked, 200, "");
        try (ElementDriver driver = made(Map.of("url", url(server)), false)) {
            assertThat(driver.initialise(false))
                    .isInstanceOfSatisfying(
                            Initialised.Refused.class, r -> assertThat(r.why()).contains("private network"));
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aRedirectToAnotherHostIsNotFollowed() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger askedElsewhere = new AtomicInteger();
        HttpServer elsewhere = server(askedElsewhere, 200, "");
        HttpServer server = server(asked, 307, url(elsewhere) + "/b");
        try (ElementDriver driver = made(Map.of("url", url(server)), true)) {
            assertThat(driver.initialise(false)).isInstanceOf(Initialised.Refused.class);
            assertThat(asked).hasPositiveValue();
            assertThat(askedElsewhere).hasValue(0);
        } finally {
            server.stop(0);
            elsewhere.stop(0);
        }
    }

    @Test
    void aSecretFileThatIsMissingOrNoneIsSaidInWordsWithoutItsContent() throws IOException {
        Map<String, String> settings = Map.of("url", "http://127.0.0.1:1", "secret-file", "other");
        assertThat(why(settings)).contains("other", "is not there");
        Path file = Files.writeString(data.resolve("other"), "only-one-line");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(why(settings)).contains("neither two lines").doesNotContain("only-one-line");
        Files.writeString(file, "key\nsecret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(why(settings)).contains("chmod 600").doesNotContain("secret\n");
    }

    private String why(Map<String, String> settings) {
        try (ElementDriver driver = made(settings, true)) {
            return ((Initialised.Refused) driver.initialise(false)).why();
        }
    }

    private void refused(Map<String, String> settings, String words) {
        assertThatThrownBy(() -> made(settings, true))
                .isInstanceOf(BadDriver.class)
                .hasMessageContaining(words);
    }

    private ElementDriver made(Map<String, String> changed, boolean allowsPrivate) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "url", "https://s3.example.org", "bucket", "b", "secret-file", "secret", "answers-within", "2 s"));
        settings.putAll(changed);
        try {
            Path secret = Files.writeString(data.resolve("secret"), "key\nsecret\n");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return catalogue(allowsPrivate).driverOf(element(settings));
    }

    private DriverCatalogue catalogue(boolean allowsPrivate) {
        Start start = new Start(UUID.randomUUID(), Instant.EPOCH);
        return new DriverCatalogue(
                data,
                start,
                new Disk(),
                Map.of(S3Kind.NAME, new S3Kind(data, start, Instant::now, new PinnedAddresses(allowsPrivate))));
    }

    private static StorageElement element(Map<String, String> settings) {
        return new StorageElement(
                new StorageName("LAB"),
                new SiteName("HERE"),
                new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                Use.IN_USE,
                Optional.empty(),
                new DriverChoice("s3", settings));
    }

    private static HttpServer server(AtomicInteger asked, int status, String location) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
