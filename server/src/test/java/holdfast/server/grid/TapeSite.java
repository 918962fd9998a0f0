package holdfast.server.grid;

import holdfast.server.drivers.ElementDriver;
import holdfast.storage.StorageElement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A site with one tape element: a real XRootD, the tape endpoint in front of it, and what is written goes to tape at once. */
public record TapeSite(TestAuthority authority, Xrootd server, TapeEndpoint endpoint) implements AutoCloseable {

    public static TapeSite start(Path folder) throws IOException {
        Loopback.require("xrootd", "xrootd-server");
        TestAuthority authority = TestAuthority.in(folder.resolve("authority"));
        Xrootd server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN);
        TapeEndpoint endpoint = TapeEndpoint.before(server, authority, TapeRestContractTest.library(server, folder));
        endpoint.archiveAtOnce(true);
        return new TapeSite(authority, server, endpoint);
    }

    /** Its element, with further settings. */
    public StorageElement element(Map<String, String> more) {
        return TapeRestContractTest.element(TapeRestContractTest.settings(url(), authority, more));
    }

    public ElementDriver driver(Map<String, String> more) {
        return TapeRestContractTest.driver(url(), authority, more);
    }

    private String url() {
        return endpoint.root() + "/data/element";
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
        server.close();
    }
}
