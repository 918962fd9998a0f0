package holdfast.server.grid;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.StorageDriverContract;
import holdfast.server.drivers.http.Door;
import holdfast.server.drivers.http.Endpoint;
import holdfast.server.drivers.http.Tls;
import holdfast.server.drivers.webdav.WebDavDriver;
import holdfast.server.drivers.webdav.WebDavSettings;
import holdfast.storage.StorageDriver;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every driver, over WebDAV against a real XRootD; each test has a folder of its own in one server. */
@Tag("grid")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class XrootdContract extends StorageDriverContract {
    private final AtomicInteger roots = new AtomicInteger();
    private TestAuthority authority;
    private Xrootd server;
    private ElementDriver driver;

    abstract Xrootd.Kind kind();

    @BeforeAll
    void startServer(@TempDir Path folder) throws IOException {
        Loopback.require("xrootd", "xrootd-server");
        authority = TestAuthority.in(folder.resolve("authority"));
        server = Xrootd.start(folder.resolve("server"), authority, kind());
    }

    @AfterAll
    void endServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void makeDriver() {
        URI root = URI.create(server.root() + "/element-" + roots.incrementAndGet());
        driver = driver(root, authority, Bearer.NONE);
        if (driver.initialise(true) instanceof ElementDriver.Initialised.Refused refused) {
            throw new AssertionError(refused.why());
        }
    }

    static WebDavDriver driver(URI root, TestAuthority authority, Bearer bearer) {
        Duration patience = Duration.ofSeconds(10);
        Door door = new Door(new Door.Settings(
                Endpoint.of(root),
                Set.of(),
                new Tls(Optional.of(authority.authorities()), Optional.empty()).context(),
                patience,
                Duration.ofSeconds(20),
                200,
                true));
        return new WebDavDriver(
                new StorageName("TRIED"),
                new WebDavSettings(root, Set.of(), patience, Duration.ofSeconds(20), 200, 2, true),
                door,
                bearer,
                new Start(UUID.randomUUID(), Instant.now()));
    }

    @AfterEach
    void closeDriver() throws Exception {
        driver.close();
    }

    Xrootd server() {
        return server;
    }

    TestAuthority authority() {
        return authority;
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
