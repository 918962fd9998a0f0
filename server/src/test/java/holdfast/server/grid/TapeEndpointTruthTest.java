package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tape endpoint of these tests is held true by gfal2, a client of the grid that is not ours: what our driver gets from the
 * endpoint, another reader of the same specification gets too.
 */
@Tag("grid")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TapeEndpointTruthTest {
    private static final String ONE = "/data/raw/one.root";
    private static final String TWO = "/data/raw/two.root";

    private Path folder;
    private TestAuthority authority;
    private Xrootd server;
    private TapeEndpoint endpoint;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        Loopback.require("xrootd", "xrootd-server");
        Loopback.require("gfal-bringonline", "gfal2-util-scripts");
        folder = temporary;
        authority = TestAuthority.in(folder.resolve("authority"));
        server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN);
    }

    @BeforeEach
    void open() throws IOException {
        endpoint = TapeEndpoint.before(server, authority, TapeRestContractTest.library(server, folder));
        for (String path : new String[] {ONE, TWO}) {
            Files.deleteIfExists(endpoint.shelves().place(path));
            put(path, "the bytes of " + path);
            endpoint.shelves().archive(path);
        }
    }

    @AfterEach
    void shut() throws IOException {
        endpoint.close();
    }

    @AfterAll
    void end() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private void put(String path, String text) throws IOException {
        Path file = endpoint.shelves().place(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String davs(String path) {
        return endpoint.root().replace("https:", "davs:") + path;
    }

    private Command.Said gfal(String... command) throws IOException {
        return Command.run(
                folder,
                Map.of(
                        "X509_CERT_DIR", authority.certificates().toString(),
                        "BEARER_TOKEN", "nobody-asks-for-it",
                        "LD_LIBRARY_PATH", ""),
                command);
    }

    @Test
    void aFileOnTapeHasItsNameAndSizeAndCannotBeRead() throws IOException {
        Command.Said listed = gfal("gfal-ls", "-l", davs(ONE));
        assertThat(listed.text()).contains(" 31 ").doesNotContain("rror");
        assertThat(gfal("gfal-cat", davs(ONE)).code()).isNotZero();
    }

    @Test
    void gfalSeesThatAFileIsArchived() throws IOException {
        put("/data/raw/three.root", "only on disk");

        Command.Said archived = gfal("gfal-archivepoll", "--polling-timeout", "5", davs(ONE));
        assertThat(archived.text()).contains("READY");
        assertThat(archived.code()).isZero();
        Command.Said notYet = gfal("gfal-archivepoll", "--polling-timeout", "1", davs("/data/raw/three.root"));
        assertThat(notYet.text()).doesNotContain("READY");
    }

    @Test
    void gfalBringsAFileOnlineByState() throws IOException {
        bring(true);
    }

    @Test
    void gfalBringsAFileOnlineByWhetherItIsOnDisk() throws IOException {
        bring(false);
    }

    private void bring(boolean byState) throws IOException {
        endpoint.tellState(byState);
        Command.Said brought = gfal(
                "gfal-bringonline",
                "--pin-lifetime",
                "3600",
                "--staging-metadata",
                "{}",
                "--polling-timeout",
                "20",
                davs(ONE));
        assertThat(brought.text()).contains("READY");
        assertThat(brought.code()).isZero();
        assertThat(endpoint.shelves().locality(ONE)).isEqualTo(Optional.of("DISK_AND_TAPE"));
        assertThat(endpoint.shelves().locality(TWO)).isEqualTo(Optional.of("TAPE"));
        assertThat(gfal("gfal-cat", davs(ONE)).text()).contains("the bytes of " + ONE);
    }

    @Test
    void gfalLetsGoOfAFileByTheIdOfItsRequest() throws IOException {
        gfal("gfal-bringonline", "--polling-timeout", "20", davs(ONE));
        String id = endpoint.requests().ids().iterator().next();
        assertThat(endpoint.shelves().locality(ONE)).isEqualTo(Optional.of("DISK_AND_TAPE"));

        Command.Said gone = gfal("gfal-evict", davs(ONE), id);

        assertThat(gone.code()).as(gone.text()).isZero();
        assertThat(endpoint.shelves().locality(ONE)).isEqualTo(Optional.of("TAPE"));
    }

    @Test
    void gfalIsToldWhichFileFailed() throws IOException {
        endpoint.requests().fail(TWO, "the cartridge is torn");

        Command.Said failed = gfal("gfal-bringonline", "--polling-timeout", "20", davs(TWO));

        assertThat(failed.text()).doesNotContain("READY");
        assertThat(failed.text()).contains("the cartridge is torn");
    }

    @Test
    void gfalFindsNoTapeAtAServerThatOffersNone() throws IOException {
        String plain = "davs://localhost:%d%s".formatted(server.root().getPort(), ONE);
        assertThat(gfal("gfal-archivepoll", "--polling-timeout", "1", plain).text())
                .contains("wlcg-tape-rest-api");
    }
}
