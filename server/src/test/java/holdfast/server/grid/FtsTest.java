package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.credentials.Bearer;
import holdfast.server.credentials.Secret;
import holdfast.server.drivers.DigestPass;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.fts.Fts;
import holdfast.server.drivers.http.Door;
import holdfast.server.drivers.http.Endpoint;
import holdfast.server.drivers.http.Tls;
import holdfast.server.drivers.webdav.WebDavDriver;
import holdfast.server.drivers.webdav.WebDavSettings;
import holdfast.storage.StorageDriver.Listed;
import holdfast.storage.StorageDriver.Written;
import holdfast.storage.ThirdPartyCopy.Brought;
import holdfast.storage.ThirdPartyCopy.Fault;
import holdfast.storage.ThirdPartyCopy.Order;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Copies between two real XRootD servers that an FTS makes, and everything that goes wrong with one. Over plain HTTP, since the
 * TLS of XRootD 5.5 does not outlive many short connections (docs/storage.md).
 */
@Tag("grid")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FtsTest {
    private static final Duration STALL = Duration.ofSeconds(20);
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final AtomicInteger roots = new AtomicInteger();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path folder;
    private TestAuthority authority;
    private Xrootd from;
    private Xrootd to;
    private FtsEndpoint fts;
    private WebDavDriver source;
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
        URI root = URI.create(from.root("http") + "/element-" + roots.incrementAndGet());
        source = Remote.marked(root, authority, Bearer.NONE, STALL, 100);
        opened.add(source);
        target = target(to, Duration.ofSeconds(30), Duration.ofSeconds(5));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
        opened.clear();
    }

    /** An element whose copies an FTS makes. */
    private WebDavDriver target(Xrootd server, Duration patience, Duration silence) {
        URI root = URI.create(server.root("http") + "/element-" + roots.incrementAndGet());
        Fts.Settings pace =
                new Fts.Settings(fts.root(), Duration.ofMillis(200), patience, silence, 50, Optional.empty());
        Fts by = new Fts(door(fts.root()), pace, wants -> Optional.of(new Secret("a-token-of-the-tests")));
        WebDavSettings settings =
                new WebDavSettings(root, Set.of(), WITHIN, STALL, 100, WebDavSettings.DIGESTS_AT_ONCE, true, false);
        WebDavDriver driver = new WebDavDriver(
                new WebDavDriver.Reached(new StorageName("TRIED"), door(root), Optional.of(by)),
                settings,
                Bearer.NONE,
                new Start(UUID.randomUUID(), Instant.now()));
        opened.add(driver);
        if (driver.initialise(true) instanceof ElementDriver.Initialised.Refused refused) {
            throw new AssertionError(refused.why());
        }
        return driver;
    }

    private Door door(URI root) {
        return new Door(new Door.Settings(
                Endpoint.of(root),
                Set.of(),
                new Tls(Optional.of(authority.authorities()), Optional.empty()).context(),
                Duration.ofSeconds(3),
                STALL,
                164,
                true));
    }

    @Test
    void filesAskedForTogetherGoAsOneJobAndAllArrive() throws Exception {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(written("many/" + i, 40_000 + i));
        }
        List<Callable<Brought>> copies = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int n = i;
            copies.add(() -> bring("many/" + n, all.get(n)));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Brought> one : threads.invokeAll(copies)) {
                assertThat(one.get()).satisfies(FtsTest::isDone);
            }
        }
        assertThat(listed()).hasSize(12);
        for (int i = 0; i < 12; i++) {
            assertThat(read("many/" + i)).isEqualTo(all.get(i));
        }
        assertThat(fts.submitted()).hasSizeLessThanOrEqualTo(2);
        assertThat(fts.submitted().getFirst().path("params").path("overwrite").asBoolean(true))
                .isFalse();
        assertThat(fts.submitted()
                        .getFirst()
                        .path("files")
                        .get(0)
                        .path("checksum")
                        .asString(""))
                .startsWith("ADLER32:");
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE [2] No such file or directory, SOURCE",
        "SOURCE [13] Permission denied, SOURCE",
        "SOURCE CHECKSUM MISMATCH: Source and user-defined ADLER32 do not match, SOURCE",
        "DESTINATION [28] No space left on device, DESTINATION",
        "DESTINATION [122] Disk quota exceeded, DESTINATION",
        "DESTINATION [13] HTTP 403 : Permission refused, DESTINATION",
        "TRANSFER [70] Communication error on send, TRANSIENT",
        "TRANSFER [110] Operation timed out, TRANSIENT",
        "TRANSFER ERROR: Copy failed with mode 3rd pull, TRANSIENT",
        "TRANSFER Transfer has been forced-canceled because it timed out, TRANSIENT",
    })
    void eachReasonIsTheFaultOfTheOneWhoMustAct(String reason, Fault fault) throws IOException {
        byte[] bytes = written("f", 3_000);
        fts.jobs().failNext(reason);
        assertThat(bring("f", bytes)).isInstanceOfSatisfying(Brought.Failed.class, failed -> {
            assertThat(failed.fault()).isEqualTo(fault);
            assertThat(failed.why()).contains(reason);
        });
        assertThat(listed()).isEmpty();
        // What passed is tried again, and arrives.
        assertThat(bring("f", bytes)).satisfies(FtsTest::isDone);
    }

    @Test
    void aSourceThatIsReallyGoneIsTheSourcesFault() {
        byte[] bytes = new byte[2_000];
        assertThat(bring("gone", bytes))
                .isInstanceOfSatisfying(
                        Brought.Failed.class,
                        f -> assertThat(f.fault()).as(f.why()).isEqualTo(Fault.SOURCE));
    }

    @Test
    void otherBytesThanExpectedAreNotTaken() throws IOException {
        written("f", 5_000);
        assertThat(bring("f", random(5_000))).isNotInstanceOf(Brought.Written.class);
        assertThat(listed()).isEmpty();
    }

    @Test
    void whatStandsAtThePathIsNotTouchedAndNoJobIsMade() throws IOException {
        byte[] bytes = written("f", 5_000);
        byte[] other = random(4_000);
        assertThat(target.write(path("f"), new ByteSize(4_000), new ByteArrayInputStream(other)))
                .isInstanceOf(Written.Done.class);
        assertThat(bring("f", bytes))
                .isEqualTo(new Brought.Written(new Written.Occupied(new ByteSize(4_000)), Digests.NONE));
        assertThat(fts.submitted()).isEmpty();
    }

    @Test
    void aFileThatFtsSaysIsThereAlreadyIsLookedAtAndNotBelieved() throws IOException {
        byte[] bytes = written("f", 5_000);
        fts.jobs().failNext("DESTINATION OVERWRITE [17] Destination file exists and overwrite is not enabled");
        assertThat(bring("f", bytes))
                .isInstanceOfSatisfying(
                        Brought.Failed.class, f -> assertThat(f.fault()).isEqualTo(Fault.TRANSIENT));
        assertThat(listed()).isEmpty();
    }

    @Test
    void aTokenThatFtsRefusesNeedsPeople() throws IOException {
        byte[] bytes = written("f", 3_000);
        for (int status : new int[] {400, 401, 403, 419}) {
            fts.refuse(status);
            assertThat(bring("f", bytes)).isInstanceOfSatisfying(Brought.Failed.class, f -> {
                assertThat(f.fault()).isEqualTo(Fault.DESTINATION);
                assertThat(f.why()).contains("FTS refused a job of 1 files").contains(Integer.toString(status));
            });
        }
        fts.refuse(503);
        assertThat(bring("f", bytes))
                .isInstanceOfSatisfying(
                        Brought.Failed.class, f -> assertThat(f.fault()).isEqualTo(Fault.TRANSIENT));
        fts.refuse(0);
        assertThat(bring("f", bytes)).satisfies(FtsTest::isDone);
    }

    @Test
    void anEndpointThatDiesAfterItTookAJobLeavesNothingThatIsBelieved() throws IOException {
        byte[] bytes = written("f", 3_000);
        fts.dieAfterSubmit(true);
        assertThat(bring("f", bytes)).isInstanceOfSatisfying(Brought.Failed.class, f -> {
            assertThat(f.fault()).isEqualTo(Fault.TRANSIENT);
            assertThat(f.why()).contains("not known whether FTS took the job");
        });
        fts.dieAfterSubmit(false);
        // The job that nobody knows may still copy to a name that nobody uses; ours goes its own way.
        assertThat(bring("f", bytes)).satisfies(FtsTest::isDone);
        assertThat(listed()).containsExactly("f");
        assertThat(read("f")).isEqualTo(bytes);
    }

    @Test
    void aJobThatFtsForgotIsLookedAtAndTakenWhereTheBytesAreRight() throws Exception {
        byte[] bytes = written("f", 3_000);
        fts.jobs().hold(true);
        CompletableFuture<Brought> copy = CompletableFuture.supplyAsync(() -> bring("f", bytes));
        await(() -> !fts.submitted().isEmpty());
        URI there = URI.create(fts.submitted()
                .getFirst()
                .path("files")
                .get(0)
                .path("destinations")
                .get(0)
                .asString(""));
        java.nio.file.Files.write(to.files().resolve(there.getPath().substring("/data/".length())), bytes);
        fts.jobs().forgetAll();
        assertThat(copy.get(20, TimeUnit.SECONDS)).satisfies(FtsTest::isDone);
        assertThat(read("f")).isEqualTo(bytes);
    }

    @Test
    void aJobThatTakesTooLongIsCancelled() throws IOException {
        WebDavDriver hasty = target(to, Duration.ofSeconds(1), Duration.ofSeconds(5));
        byte[] bytes = written("f", 3_000);
        fts.jobs().hold(true);
        assertThat(bring(hasty, "f", bytes)).isInstanceOfSatisfying(Brought.Failed.class, f -> {
            assertThat(f.fault()).isEqualTo(Fault.TRANSIENT);
            assertThat(f.why()).contains("FTS did not end it within 1 s; the job was cancelled");
        });
        assertThat(fts.jobs().all())
                .singleElement()
                .satisfies(j -> assertThat(j.state()).isEqualTo("CANCELED"));
    }

    @Test
    void aCopyThatSomebodyCancelsWhileItIsActiveIsNoCopy() throws Exception {
        try (Xrootd slow = Xrootd.start(folder.resolve("slow"), authority, Xrootd.Kind.PLAIN.throttled("1m"))) {
            URI root = URI.create(slow.root("http") + "/element-slow");
            WebDavDriver slowly = Remote.marked(root, authority, Bearer.NONE, STALL, 100);
            opened.add(slowly);
            byte[] bytes = random(8_000_000);
            java.nio.file.Files.write(slow.files().resolve("element-slow/f"), bytes);
            CompletableFuture<Brought> copy = CompletableFuture.supplyAsync(() -> bring(slowly, target, "f", bytes));
            await(() -> fts.jobs().all().stream().anyMatch(j -> j.state().equals("ACTIVE")));
            fts.jobs().all().forEach(fts.jobs()::cancel);
            assertThat(copy.get(30, TimeUnit.SECONDS)).isInstanceOf(Brought.Failed.class);
            assertThat(listed()).isEmpty();
        }
    }

    @Test
    void anEndpointThatFallsSilentIsGivenUpAndTheDestinationLookedAt() throws Exception {
        WebDavDriver hasty = target(to, Duration.ofSeconds(60), Duration.ofSeconds(1));
        byte[] bytes = written("f", 3_000);
        fts.jobs().hold(true);
        CompletableFuture<Brought> copy = CompletableFuture.supplyAsync(() -> bring(hasty, "f", bytes));
        await(() -> !fts.submitted().isEmpty());
        fts.fallSilent(true);
        assertThat(copy.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Brought.Failed.class, f -> assertThat(f.why()).contains("FTS did not answer for 1 s"));
    }

    @Test
    void whoEndsCancelsItsJobs() throws Exception {
        byte[] bytes = written("f", 3_000);
        fts.jobs().hold(true);
        CompletableFuture<Brought> copy = CompletableFuture.supplyAsync(() -> bring("f", bytes));
        await(() -> !fts.submitted().isEmpty());
        target.close();
        // The element's own door is shut as well, so that even the look may fail.
        await(copy::isDone);
        assertThat(copy.handle((brought, failed) -> failed != null || brought instanceof Brought.Failed)
                        .get())
                .isTrue();
        assertThat(fts.jobs().all())
                .singleElement()
                .satisfies(j -> assertThat(j.state()).isEqualTo("CANCELED"));
    }

    private static void await(java.util.function.BooleanSupplier what) throws InterruptedException {
        Instant until = Instant.now().plusSeconds(20);
        while (!what.getAsBoolean() && Instant.now().isBefore(until)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(what.getAsBoolean()).isTrue();
    }

    private Brought bring(String name, byte[] expected) {
        return bring(target, name, expected);
    }

    private Brought bring(WebDavDriver to, String name, byte[] expected) {
        return bring(source, to, name, expected);
    }

    private static Brought bring(WebDavDriver from, WebDavDriver to, String name, byte[] expected) {
        return to.thirdParty()
                .orElseThrow()
                .bring(new Order(
                        path(name),
                        new ByteSize(expected.length),
                        digests(expected),
                        from.thirdParty().orElseThrow(),
                        path(name)));
    }

    private byte[] written(String name, int size) {
        byte[] bytes = random(size);
        assertThat(source.write(path(name), new ByteSize(size), new ByteArrayInputStream(bytes)))
                .isInstanceOf(Written.Done.class);
        return bytes;
    }

    private byte[] read(String name) throws IOException {
        try (InputStream in = target.open(path(name))) {
            return in.readAllBytes();
        }
    }

    private List<String> listed() throws IOException {
        List<Listed> all = new ArrayList<>();
        target.list(all::add);
        return all.stream().map(l -> l.path().path()).toList();
    }

    private static Digests digests(byte[] bytes) {
        try {
            return DigestPass.over(new ByteArrayInputStream(bytes), DigestPass.ALL)
                    .digests();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void isDone(Brought brought) {
        assertThat(brought)
                .isInstanceOfSatisfying(
                        Brought.Written.class, w -> assertThat(w.written()).isInstanceOf(Written.Done.class));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random().nextBytes(bytes);
        return bytes;
    }

    private static StoragePath path(String text) {
        return new StoragePath(text);
    }
}
