package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.grid.Loopback;
import holdfast.server.grid.TestAuthority;
import holdfast.server.grid.Xrootd;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real command line reads a real XRootD itself, where the folder of the best copy gives other bytes. */
@Tag("grid")
@Timeout(300)
class GetFromXrootdTest {
    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static Xrootd xrootd;
    private static RucioServer server;
    private static Laboratory lab;
    private static CommandLine line;

    @BeforeAll
    static void open() throws Exception {
        Loopback.require("xrootd", "xrootd-server");
        authority = TestAuthority.in(folder.resolve("authority"));
        xrootd = Xrootd.start(folder.resolve("xrootd"), authority, Xrootd.Kind.PLAIN);
        String dav = "driver: webdav, settings: { url: '%s/near', authorities: '%s' }"
                .formatted(xrootd.root(), authority.authorities());
        lab = new Laboratory(
                TestDatabase.migrated(),
                Files.createDirectories(folder.resolve("lab")),
                "lab-policy.yaml",
                Ports.open(),
                sites -> sites.replace("driver: posix, settings: { root: elements/NEAR-RAW }", dav)
                        .replace("shares: { near: 60, far: 40 }", "shares: { near: 100 }"));
        server = new RucioServer(lab);
        line = new CommandLine(server, folder.resolve("person"));
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

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** A file whose copy at home has a flipped bit. */
    private static DataId damagedAtHome(String name, byte[] bytes) throws Exception {
        DataId id = Laboratory.id(name);
        lab.send(id, bytes);
        lab.rest();
        assertThat(lab.copy(id, Laboratory.NEAR)).isPresent();
        CopyRow home = lab.copy(id, Laboratory.HOME).orElseThrow();
        byte[] other = bytes.clone();
        other[3] ^= 1;
        Files.write(lab.path(home), other);
        return id;
    }

    @Test
    void theNextCopyIsReadFromTheElementItself() throws Exception {
        byte[] bytes = random(3_000_000);
        DataId id = damagedAtHome("/x/direct.root", bytes);
        Path here = folder.resolve("direct");
        CommandLine.Ended got = line.run(
                "get",
                id.toString(),
                "--to",
                here.toString(),
                "--ca",
                authority.authorities().toString());
        assertThat(got.code()).as(got.out() + got.err()).isZero();
        assertThat(got.out()).contains("HOME-RAW (by /", "from NEAR-RAW by https://localhost:");
        assertThat(Files.readAllBytes(here.resolve(last(id)))).isEqualTo(bytes);
    }

    @Test
    void aPartGoesOnFromTheElementItself() throws Exception {
        byte[] bytes = random(2_000_000);
        DataId id = damagedAtHome("/x/part.root", bytes);
        Path here = Files.createDirectories(folder.resolve("resumed"));
        Files.write(here.resolve("part.root.part"), Arrays.copyOf(bytes, 1_500_000));
        Files.writeString(here.resolve("part.root.part.of"), label(id, bytes));
        CommandLine.Ended got = line.run(
                "get",
                id.toString(),
                "--to",
                here.toString(),
                "--source",
                "NEAR-RAW",
                "--ca",
                authority.authorities().toString());
        assertThat(got.code()).as(got.out() + got.err()).isZero();
        assertThat(got.out()).contains("1,500,000 of them before", "by https://localhost:");
        assertThat(Files.readAllBytes(here.resolve("part.root"))).isEqualTo(bytes);
    }

    @Test
    void theServerHandsOnWhatItReadsFromTheElement() throws Exception {
        byte[] bytes = random(1_000_000);
        DataId id = damagedAtHome("/x/through.root", bytes);
        Path here = folder.resolve("through");
        CommandLine.Ended got = line.run("get", id.toString(), "--to", here.toString(), "--server-only");
        assertThat(got.code()).as(got.out() + got.err()).isZero();
        assertThat(got.out()).contains("HOME-RAW (by the server) did not do", "from NEAR-RAW by the server");
        assertThat(Files.readAllBytes(here.resolve("through.root"))).isEqualTo(bytes);
    }

    private static String last(DataId id) {
        return id.name().substring(id.name().lastIndexOf('/') + 1);
    }

    private static String label(DataId id, byte[] bytes) {
        holdfast.vocabulary.Digests digests =
                lab.holding(id).file().orElseThrow().digests();
        return "{\"did\": \"%s\", \"size\": %d, \"digests\": {\"adler32\": \"%s\", \"md5\": \"%s\", \"sha256\": \"%s\"}}"
                .formatted(
                        id,
                        bytes.length,
                        digests.adler32().orElseThrow().hex(),
                        digests.md5().orElseThrow().hex(),
                        Digest.sha256(bytes).hex());
    }
}
