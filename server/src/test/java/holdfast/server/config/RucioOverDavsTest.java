package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holdfast.catalog.CopyState;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.grid.Loopback;
import holdfast.server.grid.TestAuthority;
import holdfast.server.grid.Xrootd;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rucio's own published client and gfal2 carry real files to and from a real XRootD, by the addresses that this server tells them. */
@Tag("grid")
@Timeout(300)
class RucioOverDavsTest {
    private static final Path CLIENT =
            Path.of("../target/rucio-client/bin/python").toAbsolutePath();
    private static final Path GFAL = Path.of("/usr/lib/python3/dist-packages");
    private static final String SCRIPT = """
            import sys
            from rucio.client import Client
            from rucio.client.downloadclient import DownloadClient
            from rucio.client.uploadclient import UploadClient

            what, rse, name, path = sys.argv[1:]
            client = Client()
            if what == "upload":
                client.add_scope("root", "davs")
                UploadClient(client).upload([{"path": path, "rse": rse, "did_scope": "davs", "did_name": name}])
                row = next(iter(client.list_replicas([{"scope": "davs", "name": name}])))
                print("pfns", *row["rses"][rse])
                print("state", row["states"][rse])
            else:
                done = DownloadClient(client).download_dids([{"did": "davs:" + name, "base_dir": path}])
                print("state", done[0]["clientState"], "by", done[0]["sources"][0]["pfn"])
            """;

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static Xrootd xrootd;
    private static RucioServer server;
    private static Laboratory lab;

    @BeforeAll
    static void open() throws Exception {
        Loopback.require("xrootd", "xrootd-server");
        assumeTrue(
                Files.isExecutable(CLIENT),
                "Rucio's client is not installed; build/rucio-client.sh installs it from the package registry");
        assumeTrue(gfal().isPresent(), "gfal2 for Python is not installed; build/setup.sh installs it (python3-gfal2)");
        authority = TestAuthority.in(folder.resolve("authority"));
        xrootd = Xrootd.start(folder.resolve("xrootd"), authority, Xrootd.Kind.PLAIN);
        String dav = "driver: webdav, settings: { url: '%s/near', authorities: '%s' }"
                .formatted(xrootd.root().toString().replaceFirst("^https", "davs"), authority.authorities());
        lab = new Laboratory(
                TestDatabase.migrated(),
                Files.createDirectories(folder.resolve("lab")),
                "generic-policy.yaml",
                Ports.open(),
                sites -> sites.replace("driver: posix, settings: { root: elements/NEAR-RAW }", dav)
                        .replace("shares: { near: 60, far: 40 }", "shares: { near: 100 }"));
        server = new RucioServer(lab);
        configure();
    }

    @AfterAll
    static void close() throws Exception {
        if (server != null) {
            server.close();
        }
        if (xrootd != null) {
            xrootd.close();
        }
    }

    private static java.util.Optional<Path> gfal() throws IOException {
        if (!Files.isDirectory(GFAL)) {
            return java.util.Optional.empty();
        }
        try (Stream<Path> all = Files.list(GFAL)) {
            return all.filter(p -> p.getFileName().toString().matches("gfal2.*\\.so"))
                    .findFirst();
        }
    }

    /** Debian's gfal2 alone goes beside the client, and none of Debian's other libraries. */
    private static void configure() throws IOException {
        Path library = gfal().orElseThrow();
        Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("gfal")).resolve(library.getFileName()), library);
        Files.writeString(folder.resolve("carry.py"), SCRIPT);
        Files.createDirectories(folder.resolve("etc"));
        String address = "http://127.0.0.1:" + server.port() + "/rucio";
        Files.writeString(folder.resolve("etc/rucio.cfg"), """
                [common]
                loglevel = ERROR
                [client]
                rucio_host = %s
                auth_host = %s
                auth_type = userpass
                username = admin
                password = %s
                account = root
                request_retries = 1
                """.formatted(address, address, server.secret()));
    }

    private static String client(String... words) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(
                                CLIENT.toString(),
                                "-W",
                                "ignore",
                                folder.resolve("carry.py").toString()),
                        Stream.of(words))
                .toList();
        Path out = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment()
                .putAll(Map.of(
                        "RUCIO_CONFIG", folder.resolve("etc/rucio.cfg").toString(),
                        "RUCIO_HOME", folder.toString(),
                        "HOME", folder.toString(),
                        "TMPDIR", folder.toString(),
                        "PYTHONPATH", folder.resolve("gfal").toString(),
                        "X509_CERT_DIR", authority.certificates().toString(),
                        "BEARER_TOKEN", "open-to-all"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("the client ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(out);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void aFileGoesUpAndComesDownOverDavsAndIsReadBackByTheHouse() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(5).nextBytes(bytes);
        Path file = Files.write(folder.resolve("real.root"), bytes);

        String up = client("upload", "NEAR-RAW", "real.root", file.toString());

        assertThat(up).contains("pfns davs://localhost:", "state AVAILABLE").doesNotContain("root://");
        DataId id = new DataId(new Scope("davs"), "real.root");
        assertThat(lab.copy(id, Laboratory.NEAR)).isPresent();
        lab.rest();
        assertThat(lab.copy(id, Laboratory.NEAR).orElseThrow().state()).isEqualTo(CopyState.PROVED);

        Path into = Files.createDirectories(folder.resolve("down"));
        String down = client("download", "NEAR-RAW", "real.root", into.toString());
        assertThat(down).contains("DONE by davs://localhost:");
        assertThat(Files.readAllBytes(into.resolve("davs/real.root"))).isEqualTo(bytes);
    }
}
