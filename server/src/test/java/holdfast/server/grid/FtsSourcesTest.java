package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.credentials.Bearer;
import holdfast.server.credentials.Secret;
import holdfast.server.drivers.DigestPass;
import holdfast.server.drivers.webdav.WebDavDriver;
import holdfast.storage.StorageDriver.Written;
import holdfast.storage.ThirdPartyCopy.Brought;
import holdfast.storage.ThirdPartyCopy.Fault;
import holdfast.storage.ThirdPartyCopy.Order;
import holdfast.storage.ThirdPartyCopy.Origin;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Files that an FTS may take from several elements of real servers: which one it was is told, and who is to blame where none was. */
@Tag("grid")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FtsSourcesTest {
    private static final Duration STALL = Duration.ofSeconds(20);

    private final AtomicInteger roots = new AtomicInteger();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private TestAuthority authority;
    private Path folder;
    private Xrootd from;
    private Xrootd to;
    private FtsEndpoint fts;
    private WebDavDriver best;
    private WebDavDriver second;
    private WebDavDriver target;

    @BeforeAll
    void startServers(@TempDir Path made) throws IOException {
        Loopback.require("xrootd", "xrootd-server");
        Loopback.require("gfal-copy", "gfal2-util-scripts");
        folder = made;
        authority = TestAuthority.in(folder.resolve("authority"));
        from = Xrootd.start(folder.resolve("from"), authority, Xrootd.Kind.PLAIN);
        to = Xrootd.start(folder.resolve("to"), authority, Xrootd.Kind.PLAIN);
    }

    @AfterAll
    void endServers() throws IOException {
        for (Xrootd server : new Xrootd[] {from, to}) {
            if (server != null) {
                server.close();
            }
        }
    }

    @BeforeEach
    void begin() throws IOException {
        fts = FtsEndpoint.start(folder, authority);
        opened.add(fts);
        best = element(Bearer.NONE);
        second = element(Bearer.NONE);
        target = target(Bearer.NONE);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
        opened.clear();
    }

    private WebDavDriver element(Bearer shown) {
        URI root = URI.create(from.root("http") + "/element-" + roots.incrementAndGet());
        WebDavDriver driver = Remote.marked(root, authority, shown, STALL, 100);
        opened.add(driver);
        return driver;
    }

    private WebDavDriver target(Bearer shown) {
        URI root = URI.create(to.root("http") + "/element-" + roots.incrementAndGet());
        Bearer token = wants -> Optional.of(new Secret("a-token-of-the-tests"));
        WebDavDriver driver =
                new FtsTarget(fts, authority, token, shown).marked(root, Duration.ofSeconds(30), Optional.empty());
        opened.add(driver);
        return driver;
    }

    @Test
    void aFileThatItsBestSourceLostComesFromTheNextOneAndThatIsTold() throws IOException {
        byte[] bytes = written("f", 30_000, second);
        assertThat(bring("f", bytes, best, second)).isInstanceOfSatisfying(Brought.Written.class, w -> {
            assertThat(w.written()).isInstanceOf(Written.Done.class);
            assertThat(w.from()).contains(origin(second, "f"));
        });
        assertThat(read("f")).isEqualTo(bytes);
        JsonNode file = onlyFile(fts.submitted().getFirst());
        assertThat(file.path("selection_strategy").asString("")).isEqualTo("orderly");
        assertThat(file.path("sources").size()).isEqualTo(2);
        assertThat(file.path("sources").get(0).asString(""))
                .isEqualTo(origin(best, "f").address().toString());
    }

    @Test
    void theBestSourceIsTakenWhileItIsGood() throws IOException {
        byte[] bytes = written("f", 30_000, best, second);
        assertThat(bring("f", bytes, best, second))
                .isInstanceOfSatisfying(
                        Brought.Written.class, w -> assertThat(w.from()).contains(origin(best, "f")));
        assertThat(fts.jobs().all().getFirst().files())
                .extracting(FtsFile::state)
                .containsExactly("FINISHED", "NOT_USED");
    }

    @Test
    void aSourceWithOtherBytesIsPassedBy() throws IOException {
        byte[] bytes = written("f", 30_000, second);
        written("f", 30_000, best);
        assertThat(bring("f", bytes, best, second))
                .isInstanceOfSatisfying(
                        Brought.Written.class, w -> assertThat(w.from()).contains(origin(second, "f")));
        assertThat(read("f")).isEqualTo(bytes);
    }

    @Test
    void whereNoSourceHasItTheSourcesAreToBlameAndEachIsNamed() {
        assertThat(bring("f", new byte[2_000], best, second)).isInstanceOfSatisfying(Brought.Failed.class, f -> {
            assertThat(f.fault()).isEqualTo(Fault.SOURCE);
            assertThat(f.why())
                    .contains(
                            origin(best, "f").address().toString(),
                            origin(second, "f").address().toString());
        });
    }

    @Test
    void aFullDestinationIsFullForEverySource() throws IOException {
        byte[] bytes = written("f", 3_000, best, second);
        fts.jobs().failNext("SOURCE [2] No such file or directory");
        fts.jobs().failNext("DESTINATION [28] No space left on device");
        assertThat(bring("f", bytes, best, second))
                .isInstanceOfSatisfying(
                        Brought.Failed.class, f -> assertThat(f.fault()).isEqualTo(Fault.DESTINATION));
        fts.jobs().failNext("SOURCE [2] No such file or directory");
        fts.jobs().failNext("TRANSFER [110] Operation timed out");
        assertThat(bring("f", bytes, best, second))
                .isInstanceOfSatisfying(
                        Brought.Failed.class, f -> assertThat(f.fault()).isEqualTo(Fault.TRANSIENT));
    }

    @Test
    void filesWithAChoiceGoEachInAJobOfItsOwnAndTheOthersTogether() throws Exception {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(written("many/" + i, 20_000, best, second));
        }
        List<Callable<Brought>> copies = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int n = i;
            WebDavDriver[] sources = i < 3 ? new WebDavDriver[] {best, second} : new WebDavDriver[] {best};
            copies.add(() -> bring("many/" + n, all.get(n), sources));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Brought> one : threads.invokeAll(copies)) {
                assertThat(one.get()).isInstanceOf(Brought.Written.class);
            }
        }
        for (int i = 0; i < 8; i++) {
            assertThat(read("many/" + i)).isEqualTo(all.get(i));
        }
        assertThat(fts.submitted().stream().filter(j -> onlyFileHasChoice(j))).hasSize(3);
        assertThat(fts.submitted().stream()
                        .filter(j -> !onlyFileHasChoice(j))
                        .mapToInt(j -> j.path("files").size())
                        .sum())
                .isEqualTo(5);
    }

    @Test
    void eachSourceHasItsTokenAndOneThatHasNoneIsLeftOut() throws IOException {
        byte[] bytes = written("f", 3_000, best, second);
        WebDavDriver first = Remote.driver(root(best), authority, token("first"));
        WebDavDriver other = Remote.driver(root(second), authority, token("other"));
        opened.addAll(List.of(first, other));
        WebDavDriver guarded = target(token("written"));
        assertThat(bring(guarded, "f", bytes, first, other, best)).isInstanceOf(Brought.Written.class);
        JsonNode file = onlyFile(fts.submitted().getLast());
        assertThat(file.path("sources").size()).isEqualTo(2);
        assertThat(file.path("source_tokens").toString()).isEqualTo("[\"first\",\"other\"]");
        assertThat(file.path("destination_tokens").toString()).isEqualTo("[\"written\"]");
    }

    private static Bearer token(String text) {
        return wants -> Optional.of(new Secret(text));
    }

    private static URI root(WebDavDriver driver) {
        String address = origin(driver, "f").address().toString();
        return URI.create(address.substring(0, address.length() - "/f".length()));
    }

    private static JsonNode onlyFile(JsonNode job) {
        assertThat(job.path("files").size()).isEqualTo(1);
        return job.path("files").get(0);
    }

    private static boolean onlyFileHasChoice(JsonNode job) {
        return job.path("files").size() == 1
                && job.path("files").get(0).path("sources").size() > 1;
    }

    private Brought bring(String name, byte[] expected, WebDavDriver... sources) {
        return bring(target, name, expected, sources);
    }

    private static Brought bring(WebDavDriver to, String name, byte[] expected, WebDavDriver... sources) {
        List<Origin> from = Arrays.stream(sources).map(s -> origin(s, name)).toList();
        return to.thirdParty()
                .orElseThrow()
                .bring(new Order(new StoragePath(name), new ByteSize(expected.length), digests(expected), from));
    }

    private static Origin origin(WebDavDriver driver, String name) {
        return new Origin(driver.thirdParty().orElseThrow(), new StoragePath(name));
    }

    private static byte[] written(String name, int size, WebDavDriver... elements) {
        byte[] bytes = new byte[size];
        new Random().nextBytes(bytes);
        for (WebDavDriver element : elements) {
            assertThat(element.write(new StoragePath(name), new ByteSize(size), new ByteArrayInputStream(bytes)))
                    .isInstanceOf(Written.Done.class);
        }
        return bytes;
    }

    private byte[] read(String name) throws IOException {
        try (InputStream in = target.open(new StoragePath(name))) {
            return in.readAllBytes();
        }
    }

    private static Digests digests(byte[] bytes) {
        try {
            return DigestPass.over(new ByteArrayInputStream(bytes), DigestPass.ALL)
                    .digests();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
