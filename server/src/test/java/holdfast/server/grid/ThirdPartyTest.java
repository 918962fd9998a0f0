package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.DigestPass;
import holdfast.server.drivers.webdav.WebDavDriver;
import holdfast.storage.StorageDriver.Listed;
import holdfast.storage.StorageDriver.Written;
import holdfast.storage.ThirdPartyCopy.Brought;
import holdfast.storage.ThirdPartyCopy.Fault;
import holdfast.storage.ThirdPartyCopy.Order;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Copies that two real XRootD servers make between each other, and everything that goes wrong with them. */
@Tag("grid")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThirdPartyTest {
    private static final Duration STALL = Duration.ofSeconds(4);

    private final AtomicInteger roots = new AtomicInteger();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path folder;
    private TestAuthority authority;
    private Xrootd from;
    private Xrootd to;

    @BeforeAll
    void startServers(@TempDir Path made) throws IOException {
        Loopback.require("xrootd", "xrootd-server");
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

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
        opened.clear();
    }

    @Test
    void theDestinationPullsAndBothEndsAgree() throws IOException {
        WebDavDriver source = element(from);
        WebDavDriver target = element(to);
        byte[] bytes = written(source, "raw/e1/f.root", 700_000);
        assertThat(bring(source, target, "raw/e1/f.root", bytes)).satisfies(ThirdPartyTest::isDone);
        assertThat(read(target, "raw/e1/f.root")).isEqualTo(bytes);
        assertThat(listed(target)).containsExactly("raw/e1/f.root");
    }

    @Test
    void namesOfAnyScriptAreCopied() throws IOException {
        WebDavDriver source = element(from);
        WebDavDriver target = element(to);
        for (String name : List.of("データ/größe €.root", "a%2F\"b'c*", "x!y/z=1&u+v")) {
            byte[] bytes = written(source, name, 1_000);
            assertThat(bring(source, target, name, bytes)).as(name).satisfies(ThirdPartyTest::isDone);
            assertThat(read(target, name)).isEqualTo(bytes);
        }
    }

    @Test
    void manyAtOnceAllArrive() throws Exception {
        WebDavDriver source = element(from);
        WebDavDriver target = element(to);
        byte[] bytes = written(source, "one", 50_000);
        List<Callable<Brought>> copies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "many/" + i;
            copies.add(() -> target.thirdParty().orElseThrow().bring(order(source, "one", name, bytes)));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Brought> one : threads.invokeAll(copies)) {
                assertThat(one.get()).satisfies(ThirdPartyTest::isDone);
            }
        }
        assertThat(listed(target)).hasSize(100);
    }

    @Test
    void whatStandsAtThePathIsNotTouched() throws IOException {
        WebDavDriver source = element(from);
        WebDavDriver target = element(to);
        byte[] bytes = written(source, "f", 5_000);
        byte[] other = written(target, "f", 4_000);
        assertThat(bring(source, target, "f", bytes))
                .isEqualTo(new Brought.Written(new Written.Occupied(new ByteSize(4_000)), Digests.NONE));
        assertThat(read(target, "f")).isEqualTo(other);
    }

    @Test
    void aSourceThatIsGoneIsTheSourcesFaultAndLeavesNothing() throws IOException {
        WebDavDriver source = element(from);
        WebDavDriver target = element(to);
        byte[] bytes = random(1_000);
        assertThat(bring(source, target, "gone", bytes))
                .isInstanceOfSatisfying(
                        Brought.Failed.class,
                        f -> assertThat(f.fault()).as(f.why()).isEqualTo(Fault.SOURCE));
        assertLeftNothing(target, to);
    }

    @Test
    void aSourceWithOtherBytesIsFoundOutAndLeavesNothing() throws IOException {
        WebDavDriver source = element(from);
        WebDavDriver target = element(to);
        written(source, "f", 5_000);
        assertThat(bring(source, target, "f", random(5_000))).isInstanceOf(Brought.OtherBytes.class);
        assertThat(bring(source, target, "f", random(6_000))).isInstanceOf(Brought.OtherBytes.class);
        assertLeftNothing(target, to);
    }

    @Test
    void aFullDiskIsTheDestinationsFaultAndLeavesNothing() throws IOException {
        try (Xrootd tiny = Xrootd.start(folder.resolve("tiny"), authority, Xrootd.Kind.PLAIN.tiny("3m"))) {
            WebDavDriver source = element(from);
            WebDavDriver target = element(tiny);
            byte[] bytes = written(source, "f", 8_000_000);
            assertThat(bring(source, target, "f", bytes))
                    .isInstanceOfSatisfying(
                            Brought.Failed.class,
                            f -> assertThat(f.fault()).as(f.why()).isEqualTo(Fault.DESTINATION));
            assertLeftNothing(target, tiny);
        }
    }

    @Test
    void aDestinationKilledInMidCopyIsNotBelieved() throws Exception {
        try (Xrootd slow = Xrootd.start(folder.resolve("slow"), authority, Xrootd.Kind.PLAIN.throttled("1m"));
                Xrootd other = Xrootd.start(folder.resolve("beside-slow"), authority, Xrootd.Kind.PLAIN)) {
            WebDavDriver source = element(slow);
            WebDavDriver target = element(other);
            byte[] bytes = planted(source, slow, "f", 6_000_000);
            CompletableFuture<Brought> copy = CompletableFuture.supplyAsync(() -> bring(source, target, "f", bytes));
            awaitBytes(target, other);
            other.kill();
            assertThat(copy.get()).isInstanceOf(Brought.Failed.class);
            other.start();
            assertThat(listed(target)).isEmpty();
            assertThat(target.look(path("f"))).isEqualTo(new holdfast.storage.StorageDriver.Seen.Absent());
        }
    }

    @Test
    void aSourceStoppedInMidCopyIsAStallAndNoCopy() throws Exception {
        try (Xrootd slow = Xrootd.start(folder.resolve("stopped"), authority, Xrootd.Kind.PLAIN.throttled("1m"));
                Xrootd other = Xrootd.start(folder.resolve("beside-stopped"), authority, Xrootd.Kind.PLAIN)) {
            WebDavDriver source = element(slow);
            WebDavDriver target = element(other);
            byte[] bytes = planted(source, slow, "f", 6_000_000);
            CompletableFuture<Brought> copy = CompletableFuture.supplyAsync(() -> bring(source, target, "f", bytes));
            awaitBytes(target, other);
            slow.stop();
            assertThat(copy.get()).isInstanceOf(Brought.Failed.class);
            slow.goOn();
            assertThat(listed(target)).isEmpty();
        }
    }

    @Test
    void whereTheDestinationCannotPullTheSourcePushes() throws Exception {
        try (Xrootd plain = Xrootd.start(folder.resolve("no-copies"), authority, Xrootd.Kind.PLAIN.withoutCopies())) {
            WebDavDriver source = element(from);
            WebDavDriver target = element(plain);
            byte[] bytes = written(source, "d/f", 300_000);
            assertThat(bring(source, target, "d/f", bytes)).satisfies(ThirdPartyTest::isDone);
            assertThat(read(target, "d/f")).isEqualTo(bytes);
        }
    }

    @Test
    void tokensOfTheLeastRightAreEnough() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start(folder.resolve("issuer"), authority);
                Xrootd one = Xrootd.start(folder.resolve("guarded-1"), authority, Xrootd.Kind.PLAIN.guarded(issuer));
                Xrootd two = Xrootd.start(folder.resolve("guarded-2"), authority, Xrootd.Kind.PLAIN.guarded(issuer))) {
            WebDavDriver source = element(one, tokens(issuer, one, Duration.ofMinutes(5), Clock.systemUTC()));
            WebDavDriver target = element(two, tokens(issuer, two, Duration.ofMinutes(5), Clock.systemUTC()));
            byte[] bytes = written(source, "d/f", 300_000);
            assertThat(bring(source, target, "d/f", bytes)).satisfies(ThirdPartyTest::isDone);
            assertThat(read(target, "d/f")).isEqualTo(bytes);
        }
    }

    @Test
    void anExpiredTokenAndOneForAnotherServerAreRefusedAndLeaveNothing() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start(folder.resolve("issuer-2"), authority);
                Xrootd one = Xrootd.start(folder.resolve("guarded-3"), authority, Xrootd.Kind.PLAIN.guarded(issuer));
                Xrootd two = Xrootd.start(folder.resolve("guarded-4"), authority, Xrootd.Kind.PLAIN.guarded(issuer))) {
            Bearer right = tokens(issuer, one, Duration.ofMinutes(5), Clock.systemUTC());
            WebDavDriver source = element(one, right);
            WebDavDriver target = element(two, tokens(issuer, two, Duration.ofMinutes(5), Clock.systemUTC()));
            byte[] bytes = written(source, "d/f", 300_000);
            Clock yesterday = Clock.fixed(Instant.now().minus(Duration.ofDays(1)), ZoneOffset.UTC);
            List<Bearer> wrong = List.of(
                    tokens(issuer, one, Duration.ofMinutes(5), yesterday),
                    issuer.tokens("https://another.example.org", Duration.ofMinutes(5), Clock.systemUTC()));
            for (Bearer bad : wrong) {
                WebDavDriver blind = open(Remote.driver(elementRoot(one, 0), authority, bad, STALL, 20));
                assertThat(blind.reach()).isInstanceOf(holdfast.storage.StorageDriver.Reach.Silent.class);
                Order order = new Order(
                        path("d/f"),
                        new ByteSize(bytes.length),
                        digests(bytes),
                        blind.thirdParty().orElseThrow(),
                        path("d/f"));
                assertThat(target.thirdParty().orElseThrow().bring(order)).isInstanceOf(Brought.Failed.class);
                assertThat(listed(target)).isEmpty();
            }
        }
    }

    private Bearer tokens(TokenIssuer issuer, Xrootd server, Duration lasts, Clock clock) {
        return issuer.tokens(server.root().resolve("/").toString().replaceAll("/$", ""), lasts, clock);
    }

    private WebDavDriver element(Xrootd server) {
        return element(server, Bearer.NONE);
    }

    private WebDavDriver element(Xrootd server, Bearer bearer) {
        return open(Remote.marked(elementRoot(server, roots.incrementAndGet()), authority, bearer, STALL, 100));
    }

    private URI elementRoot(Xrootd server, int number) {
        return URI.create(server.root() + "/element-" + (number == 0 ? roots.get() - 1 : number));
    }

    private WebDavDriver open(WebDavDriver driver) {
        opened.add(driver);
        return driver;
    }

    private static Brought bring(WebDavDriver source, WebDavDriver target, String name, byte[] expected) {
        return target.thirdParty().orElseThrow().bring(order(source, name, name, expected));
    }

    private static Order order(WebDavDriver source, String from, String to, byte[] expected) {
        return new Order(
                path(to),
                new ByteSize(expected.length),
                digests(expected),
                source.thirdParty().orElseThrow(),
                path(from));
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
        assertThat(brought).isInstanceOfSatisfying(Brought.Written.class, w -> {
            assertThat(w.written()).isInstanceOf(Written.Done.class);
            assertThat(w.stated().by(Algorithm.ADLER32)).map(Digest::algorithm).contains(Algorithm.ADLER32);
        });
    }

    private static void assertLeftNothing(WebDavDriver target, Xrootd server) throws IOException {
        assertThat(listed(target)).isEmpty();
        assertThat(hiddenFiles(target, server)).isZero();
    }

    /** Unfinished bytes in an element. */
    private static long hiddenFiles(WebDavDriver driver, Xrootd server) throws IOException {
        try (Stream<Path> files = Files.list(place(driver, server, ".holdfast-incoming"))) {
            return files.count();
        }
    }

    /** Where the server's administrator sees a path of an element. */
    private static Path place(WebDavDriver driver, Xrootd server, String name) {
        String there = driver.thirdParty().orElseThrow().address(path(name)).getPath();
        return server.files().resolve(there.substring("/data/".length()));
    }

    /** Bytes that the server's administrator put there. */
    private static byte[] planted(WebDavDriver driver, Xrootd server, String name, int size) throws IOException {
        byte[] bytes = random(size);
        Files.write(place(driver, server, name), bytes);
        return bytes;
    }

    /** Until some bytes of a copy are there. */
    private static void awaitBytes(WebDavDriver driver, Xrootd server) throws IOException, InterruptedException {
        Instant until = Instant.now().plusSeconds(20);
        while (hiddenFiles(driver, server) == 0 && Instant.now().isBefore(until)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static byte[] written(WebDavDriver driver, String name, int size) {
        byte[] bytes = random(size);
        assertThat(driver.write(path(name), new ByteSize(size), new ByteArrayInputStream(bytes)))
                .isInstanceOf(Written.Done.class);
        return bytes;
    }

    private static byte[] read(WebDavDriver driver, String name) throws IOException {
        try (InputStream in = driver.open(path(name))) {
            return in.readAllBytes();
        }
    }

    private static List<String> listed(WebDavDriver driver) throws IOException {
        List<Listed> all = new ArrayList<>();
        driver.list(all::add);
        return all.stream().map(l -> l.path().path()).toList();
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
