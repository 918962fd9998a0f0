package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.StorageDriverContract;
import holdfast.server.drivers.taperest.TapeRestKind;
import holdfast.server.drivers.webdav.WebDavKind;
import holdfast.storage.Locator;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Locality;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of every driver, over a tape endpoint in front of a real XRootD; whatever is written goes to tape at once, and is
 * recalled before it is read.
 */
@Tag("grid")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TapeRestContractTest extends StorageDriverContract {
    private final AtomicInteger roots = new AtomicInteger();
    private TestAuthority authority;
    private Xrootd server;
    private TapeEndpoint endpoint;
    private ElementDriver driver;

    @BeforeAll
    void startServer(@TempDir Path folder) throws IOException {
        Loopback.require("xrootd", "xrootd-server");
        authority = TestAuthority.in(folder.resolve("authority"));
        server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN);
        endpoint = TapeEndpoint.before(server, authority, library(server, folder));
        endpoint.archiveAtOnce(true);
    }

    static TapeEndpoint.Library library(Xrootd server, Path folder) throws IOException {
        return new TapeEndpoint.Library(
                new TapeShelves("/data", server.files(), folder.resolve("server/tape")),
                Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().factory()),
                Duration.ZERO);
    }

    @AfterAll
    void endServer() throws IOException {
        if (endpoint != null) {
            endpoint.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void makeDriver() {
        driver = driver(endpoint.root() + "/data/element-" + roots.incrementAndGet(), authority, Map.of());
        if (driver.initialise(true) instanceof ElementDriver.Initialised.Refused refused) {
            throw new AssertionError(refused.why());
        }
    }

    /** As the sites file makes one. */
    static ElementDriver driver(String url, TestAuthority authority, Map<String, String> more) {
        Path data = authority.folder();
        Start start = new Start(UUID.randomUUID(), Instant.now());
        WebDavKind webdav = new WebDavKind(data, start, true);
        return new DriverCatalogue(data, start, new Disk(), Map.of(TapeRestKind.NAME, new TapeRestKind(webdav, start)))
                .driverOf(element(settings(url, authority, more)));
    }

    static Map<String, String> settings(String url, TestAuthority authority, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "url", url, "authorities", authority.authorities().toString(), "poll", "5 ms", "recall-limit", "20 s"));
        settings.putAll(more);
        return settings;
    }

    static StorageElement element(Map<String, String> settings) {
        return new StorageElement(
                new StorageName("LAB-TAPE"),
                new SiteName("LAB"),
                new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.of(Medium.TAPE),
                StorageElement.Use.IN_USE,
                Optional.of(new StorageElement.TapeLibrary(2, 9)),
                new StorageElement.DriverChoice(TapeRestKind.NAME, settings));
    }

    @AfterEach
    void closeDriver() throws Exception {
        driver.close();
    }

    @Test
    void whatIsOnTapeOnlyIsSeenThereAndReadOnlyAfterItsRecall() throws IOException {
        assertThat(write("raw/f", bytes("hello"))).isEqualTo(new Written.Done(Optional.empty()));
        assertThat(driver.look(path("raw/f")))
                .isEqualTo(new Seen.Present(new ByteSize(5), Locality.TAPE, Optional.of(new Locator("raw/f"))));
        assertThatThrownBy(() -> driver.open(path("raw/f")).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("on tape only: recall it first");

        assertThat(driver.recall(List.of(path("raw/f")))).containsEntry(path("raw/f"), Recalled.FROM_MEDIUM);
        assertThat(driver.look(path("raw/f")))
                .isEqualTo(
                        new Seen.Present(new ByteSize(5), Locality.ONLINE_AND_TAPE, Optional.of(new Locator("raw/f"))));
        assertThat(readOnline("raw/f")).isEqualTo(bytes("hello"));

        driver.evict(List.of(path("raw/f")));
        assertThatThrownBy(() -> driver.open(path("raw/f")).close()).hasMessageContaining("on tape only");
    }

    @Test
    void anElementWhoseSiteOffersNoTapeIsRefused() throws IOException {
        String plain = server.root() + "/element-without-tape";
        try (ElementDriver other = driver(plain, authority, Map.of())) {
            assertThat(other.initialise(true))
                    .isInstanceOfSatisfying(
                            ElementDriver.Initialised.Refused.class,
                            r -> assertThat(r.why()).contains("offers no Tape REST API"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected StorageDriver driver() {
        return driver;
    }

    @Override
    protected int many() {
        return 500;
    }

    @Override
    protected boolean canKeep(String name) {
        return !name.contains("?") && !name.endsWith(" ");
    }

    @Override
    protected void silence() throws IOException {
        server.kill();
    }

    @Override
    protected void bringBack() throws IOException {
        server.start();
    }
}
