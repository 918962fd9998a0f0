package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.vocabulary.DataId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real command line against the real server and folders of files. */
@Timeout(300)
class PutAndGetTest {
    @TempDir
    static Path folder;

    private static final GatedReads READS = new GatedReads();
    private static RucioServer server;
    private static Laboratory lab;
    private static CommandLine line;

    @BeforeAll
    static void open() throws Exception {
        server = new RucioServer(folder, "lab-policy.yaml", READS.ports());
        lab = server.laboratory();
        line = new CommandLine(server, folder.resolve("person"));
        server.call("POST", "/scopes/", "");
        server.call("POST", "/accounts/root/scopes/raw", "");
    }

    @AfterAll
    static void close() throws Exception {
        READS.letThrough();
        server.close();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static DataId kept(String name, byte[] bytes) {
        DataId id = Laboratory.id(name);
        lab.send(id, bytes);
        lab.rest();
        return id;
    }

    private static void damage(CopyRow copy, byte[] bytes) throws IOException {
        byte[] other = bytes.clone();
        other[other.length / 2] ^= 1;
        Files.write(lab.path(copy), other);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(p -> folder.relativize(p).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aFolderIsPutIntoADatasetAndComesBackTheSame() throws Exception {
        Path mine = Files.createDirectories(folder.resolve("mine/deep"));
        Files.write(mine.resolve("large.root"), random(900_000));
        Files.writeString(mine.resolve("small.txt"), "small");
        Files.writeString(mine.resolveSibling("top.txt"), "top");
        String[] put = {"put", folder.resolve("mine").toString(), "--into", "raw:/u/me", "--dataset", "raw:/u/me/set"};
        CommandLine.Ended first = line.run(put);
        assertThat(first.err()).isEmpty();
        assertThat(first.code()).isZero();
        assertThat(first.out())
                .contains("put      ", "as raw:/u/me/deep/large.root", "3 put, 0 there already")
                .contains("dataset  raw:/u/me/set holds 3 of them; it was made");
        CommandLine.Ended again = line.run(put);
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("0 put, 3 there already with the same bytes, 0 refused");

        Path back = folder.resolve("back");
        String[] get = {"get", "--dataset", "raw:/u/me/set", "--to", back.toString(), "--tree", "--json"};
        CommandLine.Ended got = line.run(get);
        assertThat(got.err()).isEmpty();
        assertThat(got.code()).isZero();
        assertThat(got.out()).contains("\"fetched\" : 3", "\"verified\" : \"sha256\"");
        assertThat(names(back)).containsExactly("u/me/deep/large.root", "u/me/deep/small.txt", "u/me/top.txt");
        assertThat(Files.readAllBytes(back.resolve("u/me/deep/large.root"))).isEqualTo(random(900_000));
        assertThat(line.run(get).out()).contains("\"fetched\" : 0", "\"already\" : 3");
    }

    @Test
    void otherBytesUnderARegisteredNameAreRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("once.txt"), "one");
        assertThat(line.run("put", file.toString(), "--into", "raw:/o").code()).isZero();
        Files.writeString(file, "two");
        CommandLine.Ended other = line.run("put", file.toString(), "--into", "raw:/o");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.out())
                .contains("OTHER_BYTES", "a name keeps its bytes", "0 put, 0 there already", "1 refused");
    }

    @Test
    void aDamagedBestCopyIsPassedOverAndSaid() throws Exception {
        byte[] bytes = random(400_000);
        DataId id = kept("/d/best.root", bytes);
        damage(lab.copy(id, Laboratory.HOME).orElseThrow(), bytes);
        Path here = folder.resolve("damaged");
        CommandLine.Ended through = line.run("get", id.toString(), "--to", here.toString(), "--server-only");
        assertThat(through.code()).isZero();
        assertThat(through.out())
                .contains("HOME-RAW (by the server) did not do: its sha256 is ", "the server was told");
        assertThat(Files.readAllBytes(here.resolve("best.root"))).isEqualTo(bytes);
        assertThat(server.get("/replicas/suspicious").body()).contains("/d/best.root", "HOME-RAW");

        Path direct = folder.resolve("damaged-direct");
        CommandLine.Ended near = line.run("get", id.toString(), "--to", direct.toString());
        assertThat(near.code()).isZero();
        assertThat(near.out())
                .contains(
                        "HOME-RAW (by " + lab.path(lab.copy(id, Laboratory.HOME).orElseThrow()) + ")");
        assertThat(Files.readAllBytes(direct.resolve("best.root"))).isEqualTo(bytes);
    }

    @Test
    void whereNoCopyIsRightNothingIsLeft() throws Exception {
        byte[] bytes = random(50_000);
        DataId id = kept("/d/none.root", bytes);
        for (CopyRow copy : lab.holding(id).copies()) {
            damage(copy, bytes);
        }
        Path here = folder.resolve("none");
        CommandLine.Ended got = line.run("get", id.toString(), "--to", here.toString());
        assertThat(got.code()).isEqualTo(1);
        assertThat(got.out()).contains("failed   raw:/d/none.root  no source gave the right bytes");
        assertThat(names(here)).isEmpty();
    }

    @Test
    void aKilledDownloadGoesOnWhereItWas() throws Exception {
        byte[] bytes = random(8 << 20);
        DataId id = kept("/d/long.root", bytes);
        Path here = folder.resolve("killed");
        String[] get = {"get", id.toString(), "--to", here.toString(), "--server-only"};
        READS.begun();
        READS.holdAfter(4 << 20);
        Process killed = line.begin(folder.resolve("killed-out"), get);
        Path part = here.resolve("long.root.part");
        while (!Files.exists(part) || Files.size(part) < 3 << 20) {
            assertThat(killed.isAlive()).as("what was to be killed has ended").isTrue();
            Thread.onSpinWait();
        }
        killed.destroyForcibly().waitFor();
        long before = Files.size(part);
        READS.letThrough();
        READS.begun();
        CommandLine.Ended got = line.run(get);
        assertThat(got.code()).isZero();
        assertThat(READS.begun()).containsExactly(before);
        assertThat(got.out()).contains("of them before");
        assertThat(names(here)).containsExactly("long.root");
        assertThat(Files.readAllBytes(here.resolve("long.root"))).isEqualTo(bytes);
    }
}
