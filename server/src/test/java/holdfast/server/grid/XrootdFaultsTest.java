package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.DigestPass;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.webdav.WebDavDriver;
import holdfast.server.movers.Cargo;
import holdfast.server.movers.Landed;
import holdfast.server.movers.Landing;
import holdfast.storage.StorageDriver.Listed;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a real server does to bytes and to uploads, and what is believed of it. */
@Tag("grid")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XrootdFaultsTest {
    private static final Duration STALL = Duration.ofSeconds(3);

    private final AtomicInteger roots = new AtomicInteger();
    private Path folder;
    private TestAuthority authority;
    private Xrootd server;

    @BeforeAll
    void startServer(@TempDir Path made) throws IOException {
        Loopback.require("xrootd", "xrootd-server");
        folder = made;
        authority = TestAuthority.in(folder.resolve("authority"));
        server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN);
    }

    @AfterAll
    void endServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aChangedByteWithTheSameTimeIsHiddenFromTheStatedDigestAndSeenByARead() throws IOException {
        try (WebDavDriver driver = element(server)) {
            byte[] bytes = written(driver, "f", 10_000);
            Digests stated = driver.thirdParty().orElseThrow().stated(path("f"));
            Path file = place(driver, server, "f");
            FileTime time = Files.getLastModifiedTime(file);
            byte[] rotten = bytes.clone();
            rotten[5_000] ^= 1;
            Files.write(file, rotten);
            Files.setLastModifiedTime(file, time);

            assertThat(driver.thirdParty().orElseThrow().stated(path("f")))
                    .as("the server answers from what it once computed: this is why a stated digest proves nothing")
                    .isEqualTo(stated);
            try (InputStream in = driver.openPastCaches(path("f"))) {
                assertThat(DigestPass.over(in, DigestPass.ALL).digests().differing(digests(bytes)))
                        .isNotEmpty();
            }
        }
    }

    @Test
    void anUploadWhoseServerIsKilledIsRefusedAndNothingIsSeenAfterwards() throws IOException {
        try (Xrootd other = Xrootd.start(folder.resolve("killed"), authority, Xrootd.Kind.PLAIN);
                WebDavDriver driver = element(other)) {
            byte[] bytes = random(3_000_000);
            InputStream killing = after(1_000_000, bytes, other::kill);
            assertThat(driver.write(path("f"), new ByteSize(bytes.length), killing))
                    .isInstanceOf(Written.Refused.class);
            other.start();
            assertThat(driver.look(path("f"))).isEqualTo(new Seen.Absent());
            assertThat(listed(driver)).isEmpty();
            assertThat(driver.write(path("f"), new ByteSize(bytes.length), new ByteArrayInputStream(bytes)))
                    .isInstanceOf(Written.Done.class);
        }
    }

    @Test
    void anUploadWhoseServerIsStoppedEndsWithinTheTimeOfAStall() throws IOException {
        try (Xrootd other = Xrootd.start(folder.resolve("stopped"), authority, Xrootd.Kind.PLAIN);
                WebDavDriver driver = element(other)) {
            byte[] bytes = random(30_000_000);
            InputStream stopping = after(1_000_000, bytes, other::stop);
            assertThat(driver.write(path("f"), new ByteSize(bytes.length), stopping))
                    .isInstanceOf(Written.Refused.class);
            other.goOn();
            assertThat(driver.look(path("f"))).isEqualTo(new Seen.Absent());
        }
    }

    @Test
    void aServerWithoutDigestsIsComparedBySize() throws IOException {
        try (Xrootd other = Xrootd.start(folder.resolve("sumless"), authority, Xrootd.Kind.PLAIN.withoutDigests());
                WebDavDriver driver = element(other)) {
            byte[] bytes = written(driver, "f", 10_000);
            assertThat(driver.thirdParty().orElseThrow().stated(path("f"))).isEqualTo(Digests.NONE);
            assertThat(read(driver, "f")).isEqualTo(bytes);
        }
    }

    @Test
    void whatStandsThereAlreadyIsTakenWhenRightAndPassedByWhenWrong() throws IOException {
        try (WebDavDriver driver = element(server)) {
            byte[] bytes = written(driver, "right", 400_000);
            written(driver, "wrong", 400_000);
            Landing landing = new Landing(driver, StoragePath.Layout.NAME);
            assertThat(landing.land(List.of(cargo("/right", bytes), cargo("/wrong", bytes))))
                    .satisfiesExactly(
                            right -> assertThat(right)
                                    .isInstanceOfSatisfying(
                                            Landed.Done.class,
                                            d -> assertThat(d.path()).isEqualTo(path("right"))),
                            wrong -> assertThat(wrong)
                                    .isInstanceOfSatisfying(
                                            Landed.Done.class,
                                            d -> assertThat(d.writing()).isOne()));
        }
    }

    @Test
    void aListingWhileFilesChangeNamesAllThatStoodThroughout() throws Exception {
        try (WebDavDriver driver = element(server)) {
            List<String> staying = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                staying.add("d%02d/stays".formatted(i));
                plant(driver, "d%02d/stays".formatted(i));
                plant(driver, "d%02d/goes/f".formatted(i));
            }
            Thread changing = Thread.ofVirtual().start(() -> change(driver));
            for (int round = 0; round < 5; round++) {
                List<String> listed = listed(driver);
                assertThat(listed).containsAll(staying).isSorted();
                assertThat(new TreeSet<>(listed)).hasSameSizeAs(listed);
            }
            changing.join();
        }
    }

    @Test
    void whatAnotherServerStillWritesIsNotClearedThoughOurClockIsWrong() throws IOException {
        URI root = URI.create(server.root() + "/element-" + roots.incrementAndGet());
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        try (WebDavDriver first = Remote.marked(root, authority, Bearer.NONE, STALL, 10)) {
            Path hidden = place(first, server, ".holdfast-incoming");
            Files.writeString(hidden.resolve("being-written"), "half");
            Path old = Files.writeString(hidden.resolve("left-by-a-crash"), "half");
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            try (WebDavDriver second =
                    Remote.driver(root, authority, Bearer.NONE, STALL, 10, new Start(UUID.randomUUID(), tomorrow))) {
                second.initialise(false);
            }
            try (Stream<Path> left = Files.list(hidden)) {
                assertThat(left.map(f -> f.getFileName().toString())).containsExactly("being-written");
            }
        }
    }

    private void change(WebDavDriver driver) {
        try {
            for (int i = 0; i < 60; i++) {
                Files.delete(place(driver, server, "d%02d/goes/f".formatted(i)));
                Files.delete(place(driver, server, "d%02d/goes".formatted(i)));
                plant(driver, "d%02d/comes/f".formatted(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void plant(WebDavDriver driver, String name) throws IOException {
        Path file = place(driver, server, name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    private WebDavDriver element(Xrootd at) {
        return Remote.marked(
                URI.create(at.root() + "/element-" + roots.incrementAndGet()), authority, Bearer.NONE, STALL, 10);
    }

    private static Path place(WebDavDriver driver, Xrootd at, String name) {
        String there = driver.thirdParty().orElseThrow().address(path(name)).getPath();
        return at.files().resolve(there.substring("/data/".length()));
    }

    /** Some bytes, in whose middle something happens. */
    private static InputStream after(int count, byte[] bytes, Happening happening) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            private long given;
            private boolean happened;

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (given >= count && !happened) {
                    happened = true;
                    happening.happens();
                }
                int read = super.read(into, from, length);
                given += Math.max(read, 0);
                return read;
            }
        };
    }

    private interface Happening {
        void happens() throws IOException;
    }

    private static Cargo cargo(String name, byte[] bytes) {
        return new Cargo(
                new DataId(new Scope("lab"), name),
                new ByteSize(bytes.length),
                digests(bytes),
                0,
                () -> new ByteArrayInputStream(bytes),
                List.of());
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

    private static Digests digests(byte[] bytes) {
        try {
            return DigestPass.over(new ByteArrayInputStream(bytes), DigestPass.ALL)
                    .digests();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
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
