package holdfast.server.grid;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.StorageDriverContract;
import holdfast.storage.StorageDriver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
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

    /** How its server is spoken to. */
    abstract String scheme();

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
        URI root = URI.create(server.root(scheme()) + "/element-" + roots.incrementAndGet());
        driver = Remote.driver(root, authority, Bearer.NONE);
        if (driver.initialise(true) instanceof ElementDriver.Initialised.Refused refused) {
            throw new AssertionError(refused.why());
        }
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
