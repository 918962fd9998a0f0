package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.credentials.Bearer;
import holdfast.server.credentials.Secret;
import holdfast.server.drivers.DigestPass;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.fts.FtsArchive;
import holdfast.server.drivers.webdav.WebDavDriver;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import holdfast.storage.ThirdPartyCopy;
import holdfast.storage.ThirdPartyCopy.Brought;
import holdfast.storage.ThirdPartyCopy.Fault;
import holdfast.storage.ThirdPartyCopy.Note;
import holdfast.storage.ThirdPartyCopy.Order;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digests;
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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
import tools.jackson.databind.JsonNode;

/**
 * Copies from tape and to tape that an FTS makes: it recalls through the tape endpoint of the tests by gfal2, whose state it shows,
 * and waits for the archive. The servers behind are real.
 */
@Tag("grid")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FtsTapeTest {
    private static final String NOTE = "{\"default\":{\"activity\":\"custody\"}}";

    private final AtomicInteger roots = new AtomicInteger();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path folder;
    private TapeSite site;
    private Xrootd to;
    private FtsEndpoint fts;
    private ElementDriver tape;
    private WebDavDriver target;

    @BeforeAll
    void startServers(@TempDir Path made) throws IOException {
        Loopback.require("gfal-bringonline", "gfal2-util-scripts");
        folder = made;
        site = TapeSite.start(folder.resolve("site"));
        to = Xrootd.start(folder.resolve("to"), site.authority(), Xrootd.Kind.PLAIN);
    }

    @AfterAll
    void endServers() throws IOException {
        if (site != null) {
            site.close();
        }
        if (to != null) {
            to.close();
        }
    }

    @BeforeEach
    void begin() throws IOException {
        fts = FtsEndpoint.start(folder, site.authority());
        opened.add(fts);
        tape = site.driver(Map.of(
                "fts-stage", "yes",
                "fts-stage-within", "20 s",
                "fts-stage-metadata", NOTE,
                "disk-lifetime", "2 h"));
        opened.add(tape);
        assertThat(tape.initialise(roots.get() == 0)).isNotInstanceOf(ElementDriver.Initialised.Refused.class);
        target = target(Bearer.NONE, Duration.ofSeconds(20));
        site.endpoint().clearCalls();
    }

    @AfterEach
    void closeAll() throws Exception {
        site.endpoint().requests().goOn();
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
        opened.clear();
    }

    private WebDavDriver target(Bearer shown, Duration patience) {
        URI root = URI.create(to.root("http") + "/element-" + roots.incrementAndGet());
        WebDavDriver driver =
                new FtsTarget(fts, site.authority(), shown, Bearer.NONE).marked(root, patience, Optional.empty());
        opened.add(driver);
        return driver;
    }

    @Test
    void whatIsOnTapeOnlyIsRecalledByTheFtsAndCopied() throws Exception {
        String name = "staged-" + roots.get();
        byte[] bytes = onTape(name);
        assertThat(port(target).recallsFrom(port(tape))).isTrue();
        site.endpoint().requests().hold();
        CompletableFuture<Brought> copy = CompletableFuture.supplyAsync(() -> bring(target, name, bytes));
        await(() -> fts.jobs().all().stream()
                .anyMatch(j -> j.state().equals("STAGING")
                        && j.files().getFirst().state().equals("STARTED")));
        await(() -> !site.endpoint().calls("POST stage").isEmpty());
        assertThat(copy).isNotDone();
        site.endpoint().requests().goOn();
        assertThat(copy.get(40, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Brought.Written.class, w -> assertThat(w.written()).isInstanceOf(Written.Done.class));
        assertThat(read(target, name)).isEqualTo(bytes);
        JsonNode job = fts.submitted().getFirst();
        assertThat(job.path("params").path("bring_online").asLong()).isEqualTo(20);
        assertThat(job.path("params").path("copy_pin_lifetime").asLong()).isEqualTo(7_200);
        assertThat(job.path("files").get(0).path("staging_metadata").toString()).isEqualTo(NOTE);
    }

    @Test
    void aRecallThatFailsIsTheSourcesFault() throws Exception {
        String name = "torn-" + roots.get();
        byte[] bytes = onTape(name);
        site.endpoint().requests().fail(there(name), "the cartridge is torn");
        assertThat(bring(target, name, bytes)).isInstanceOfSatisfying(Brought.Failed.class, f -> {
            assertThat(f.fault()).isEqualTo(Fault.SOURCE);
            assertThat(f.why()).contains("STAGING").contains("the cartridge is torn");
        });
    }

    @Test
    void aRecallThatLastsTooLongEndsByItsOwnPatienceAndNotByTheCopys() throws Exception {
        ElementDriver hasty = site.driver(Map.of("fts-stage", "yes", "fts-stage-within", "3 s"));
        opened.add(hasty);
        assertThat(hasty.initialise(false)).isInstanceOf(ElementDriver.Initialised.Known.class);
        String name = "slow-" + roots.get();
        byte[] bytes = onTape(name);
        site.endpoint().requests().hold();
        // The copy's own patience is shorter than the recall takes.
        WebDavDriver impatient = target(Bearer.NONE, Duration.ofSeconds(2));
        Instant began = Instant.now();
        assertThat(bring(hasty, impatient, name, bytes))
                .isInstanceOfSatisfying(
                        Brought.Failed.class,
                        f -> assertThat(f.why())
                                .containsAnyOf(
                                        "STAGING [110] bring-online timeout has been exceeded",
                                        "FTS did not end it within 5 s"));
        assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofSeconds(3));
        assertThat(impatient.look(new StoragePath(name))).isEqualTo(new Seen.Absent());
    }

    @Test
    void aRecallThatIsNoLongerWantedIsCancelled() throws Exception {
        String name = "unwanted-" + roots.get();
        byte[] bytes = onTape(name);
        site.endpoint().requests().hold();
        CompletableFuture<Brought> copy = CompletableFuture.supplyAsync(() -> bring(target, name, bytes));
        await(() -> fts.jobs().all().stream().anyMatch(j -> j.state().equals("STAGING")));
        target.close();
        await(copy::isDone);
        assertThat(fts.jobs().all())
                .singleElement()
                .satisfies(j -> assertThat(j.state()).isEqualTo("CANCELED"));
    }

    @Test
    void whoShowsFtsATokenRecallsByHimself() {
        WebDavDriver byToken = target(wants -> Optional.of(new Secret("a-token")), Duration.ofSeconds(20));
        assertThat(port(byToken).recallsFrom(port(tape))).isFalse();
        WebDavDriver plain =
                Remote.driver(URI.create(to.root("http") + "/element-plain"), site.authority(), Bearer.NONE);
        opened.add(plain);
        assertThat(port(plain).recallsFrom(port(tape))).isFalse();
        assertThat(port(target).recallsFrom(port(plain))).isFalse();
    }

    @Test
    void aCopyToTapeWaitsForItsArchive() throws Exception {
        WebDavDriver library = library(Duration.ofSeconds(30));
        String name = "archived-" + roots.get();
        byte[] bytes = onDisk(name);
        CompletableFuture<Brought> copy = CompletableFuture.supplyAsync(() -> bring(target, library, name, bytes));
        await(() -> fts.jobs().all().stream().anyMatch(j -> j.state().equals("ARCHIVING")));
        String hidden = URI.create(fts.submitted()
                        .getFirst()
                        .path("files")
                        .get(0)
                        .path("destinations")
                        .get(0)
                        .asString(""))
                .getPath();
        assertThat(copy).isNotDone();
        site.endpoint().shelves().archive(hidden);
        site.endpoint().shelves().stage(hidden);
        assertThat(copy.get(40, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Brought.Written.class, w -> assertThat(w.written()).isInstanceOf(Written.Done.class));
        assertThat(fts.jobs().all())
                .singleElement()
                .satisfies(j -> assertThat(j.state()).isEqualTo("FINISHED"));
        JsonNode job = fts.submitted().getFirst();
        assertThat(job.path("params").path("archive_timeout").asLong()).isEqualTo(30);
        assertThat(job.path("files").get(0).path("archive_metadata").toString()).isEqualTo(NOTE);
    }

    @Test
    void aCopyWhoseArchiveIsNotToldInTimeHasArrivedAllTheSame() throws IOException {
        WebDavDriver library = library(Duration.ofSeconds(1));
        String name = "late-" + roots.get();
        byte[] bytes = onDisk(name);
        assertThat(bring(target, library, name, bytes))
                .isInstanceOfSatisfying(
                        Brought.Written.class, w -> assertThat(w.written()).isInstanceOf(Written.Done.class));
        assertThat(read(library, name)).isEqualTo(bytes);
        assertThat(fts.jobs().all()).singleElement().satisfies(j -> {
            assertThat(j.state()).isEqualTo("FAILED");
            assertThat(j.files().getFirst().reason()).isEqualTo("ARCHIVING [110] archiving timeout has been exceeded");
        });
    }

    /** The bytes of the site's library, with nothing archived by itself. */
    private WebDavDriver library(Duration archive) {
        site.endpoint().archiveAtOnce(false);
        opened.add(() -> site.endpoint().archiveAtOnce(true));
        URI root = URI.create(site.endpoint().root() + "/data/library-" + roots.incrementAndGet());
        WebDavDriver driver = new FtsTarget(fts, site.authority(), Bearer.NONE, Bearer.NONE)
                .marked(
                        root,
                        Duration.ofSeconds(20),
                        Optional.of(new FtsArchive(archive, Optional.of(new Note(NOTE)))));
        opened.add(driver);
        return driver;
    }

    private static void await(Callable<Boolean> what) throws Exception {
        Instant until = Instant.now().plusSeconds(30);
        while (!what.call() && Instant.now().isBefore(until)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(what.call()).isTrue();
    }

    private static ThirdPartyCopy port(ElementDriver driver) {
        return driver.thirdParty().orElseThrow();
    }

    private Brought bring(ElementDriver to, String name, byte[] expected) {
        return bring(tape, to, name, expected);
    }

    private static Brought bring(ElementDriver from, ElementDriver to, String name, byte[] expected) {
        StoragePath path = new StoragePath(name);
        return port(to).bring(new Order(path, new ByteSize(expected.length), digests(expected), port(from), path));
    }

    /** The site archives after it has answered. */
    private byte[] onTape(String name) throws Exception {
        byte[] bytes = written(tape, name);
        await(() -> site.endpoint().shelves().locality(there(name)).equals(Optional.of("TAPE")));
        return bytes;
    }

    private byte[] onDisk(String name) {
        return written(target, name);
    }

    private static String there(String name) {
        return "/data/element/" + name;
    }

    private static byte[] written(ElementDriver element, String name) {
        byte[] bytes = new byte[300_000];
        new Random().nextBytes(bytes);
        assertThat(element.write(new StoragePath(name), new ByteSize(bytes.length), new ByteArrayInputStream(bytes)))
                .isInstanceOf(Written.Done.class);
        return bytes;
    }

    private static byte[] read(ElementDriver element, String name) throws IOException {
        try (InputStream in = element.open(new StoragePath(name))) {
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
