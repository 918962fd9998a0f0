package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.drivers.DigestPass;
import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.webdav.WebDavKind;
import holdfast.server.movers.Cargo;
import holdfast.server.movers.Landed;
import holdfast.server.movers.Landing;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageDriver.Listed;
import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageDriver.Written;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Deletes;
import holdfast.storage.ThirdPartyCopy.Brought;
import holdfast.storage.ThirdPartyCopy.Order;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house whose issuer gives it storage.read and storage.create and nothing else, at a real XRootD (decision 0028). */
@Tag("grid")
class XrootdCreateOnlyTest {
    private static final int SIZE = 3_000_000;
    private static final String NAME = "raw/e1/f.root";

    @TempDir
    Path folder;

    private TestAuthority authority;
    private TokenIssuer issuer;
    private Xrootd server;
    private ElementDriver house;

    @BeforeEach
    void begin() throws Exception {
        Loopback.require("xrootd", "xrootd-server");
        authority = TestAuthority.in(folder.resolve("authority"));
        issuer = TokenIssuer.start(folder.resolve("issuer"), authority).createOnly();
        server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN.guarded(issuer));
        Files.writeString(folder.resolve("client"), TokenIssuer.CLIENT);
        house = driver("element", Map.of("credential", "create-only"), Deletes.By.SITE);
        assertThat(house.initialise(true)).isInstanceOf(Initialised.Marked.class);
    }

    @AfterEach
    void end() throws Exception {
        if (house != null) {
            house.close();
        }
        if (server != null) {
            server.close();
            issuer.close();
        }
    }

    private ElementDriver driver(String element, Map<String, String> more, Deletes.By by) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "url",
                server.root() + "/" + element,
                "authorities",
                authority.authorities().toString(),
                "stall",
                "5 s",
                "token",
                "exchanged",
                "token-endpoint",
                issuer.tokenEndpoint(),
                "token-client",
                "client",
                "token-audience",
                server.root().resolve("/").toString().replaceAll("/$", ""),
                "token-base",
                "/data"));
        settings.putAll(more);
        Start start = new Start(UUID.randomUUID(), Instant.now());
        return new DriverCatalogue(
                        folder, start, new Disk(), Map.of(WebDavKind.NAME, new WebDavKind(folder, start, true)))
                .driverOf(new StorageElement(
                        new StorageName("GRID-" + element.toUpperCase(Locale.ROOT)),
                        new SiteName("LAB"),
                        new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.of(Medium.ARCHIVAL_DISK),
                        StorageElement.Use.IN_USE,
                        Optional.empty(),
                        new StorageElement.DriverChoice(WebDavKind.NAME, settings),
                        new Deletes(by, Duration.ZERO)));
    }

    @Test
    void filesAreWrittenReadListedAndFoundAgainAfterAStart() throws Exception {
        byte[] bytes = written(NAME);
        assertThat(read(NAME)).isEqualTo(bytes);
        house.close();
        house = driver("element", Map.of("credential", "create-only"), Deletes.By.SITE);
        assertThat(house.initialise(false)).isInstanceOf(Initialised.Known.class);
        assertThat(listed()).containsExactly(NAME);
        written("a%2F\"b'c/größe €");
        assertThat(listed()).containsExactly("a%2F\"b'c/größe €", NAME);
        assertThat(issuer.exchanged()).isNotEmpty().noneMatch(scope -> scope.contains("modify"));
    }

    @Test
    void whatStandsAtThePathIsNotTouched() throws IOException {
        byte[] bytes = written(NAME);
        assertThat(house.write(new StoragePath(NAME), new ByteSize(5), new ByteArrayInputStream(new byte[5])))
                .isEqualTo(new Written.Occupied(new ByteSize(SIZE)));
        assertThat(read(NAME)).isEqualTo(bytes);
    }

    @Test
    void theHouseRemovesNothingAndSaysWhy() throws IOException {
        byte[] bytes = written(NAME);
        assertThat(house.release(new StoragePath(NAME)))
                .isInstanceOfSatisfying(
                        Removed.Unknown.class, kept -> assertThat(kept.why()).contains("create-only"));
        assertThat(read(NAME)).isEqualTo(bytes);
    }

    /** Even a house that forgets its own setting gets no token that removes. */
    @Test
    void theIssuerGivesNoTokenThatCould() throws Exception {
        byte[] bytes = written(NAME);
        try (ElementDriver careless = driver("element", Map.of(), Deletes.By.HOUSE)) {
            assertThat(careless.release(new StoragePath(NAME)))
                    .isInstanceOfSatisfying(
                            Removed.Unknown.class,
                            kept -> assertThat(kept.why()).contains("gave no token"));
        }
        assertThat(read(NAME)).isEqualTo(bytes);
    }

    @Test
    void whatWasCutOffNeverCountsAndTheNextAttemptPassesItBy() throws IOException {
        byte[] bytes = random();
        StoragePath path = new StoragePath(NAME);
        Written cut = house.write(path, new ByteSize(SIZE), broken(bytes));
        assertThat(cut).isNotInstanceOf(Written.Done.class);
        Path there = server.files().resolve("element").resolve(NAME);
        if (cut instanceof Written.Refused) {
            assertThat(there).doesNotExist();
        } else {
            assertThat(Files.size(there)).isLessThan(SIZE);
        }
        // Whatever this server keeps of it: other bytes are there when the next attempt comes.
        Files.createDirectories(there.getParent());
        Files.write(there, new byte[1000]);
        Landed landed = new Landing(house, StoragePath.Layout.NAME)
                .land(List.of(cargo(bytes)))
                .getFirst();
        assertThat(landed)
                .isInstanceOfSatisfying(
                        Landed.Done.class, done -> assertThat(done.writing()).isEqualTo(1));
        assertThat(read(((Landed.Done) landed).path().path())).isEqualTo(bytes);
        assertThat(Files.size(there)).as("nothing is cleaned up").isEqualTo(1000);
    }

    @Test
    void serversCopyToItToo() throws Exception {
        try (ElementDriver source = driver("source", Map.of("credential", "create-only"), Deletes.By.SITE)) {
            assertThat(source.initialise(true)).isInstanceOf(Initialised.Marked.class);
            byte[] bytes = random();
            StoragePath from = new StoragePath("there/f");
            assertThat(source.write(from, new ByteSize(SIZE), new ByteArrayInputStream(bytes)))
                    .isInstanceOf(Written.Done.class);
            Order order = new Order(
                    new StoragePath(NAME),
                    new ByteSize(SIZE),
                    DigestPass.over(new ByteArrayInputStream(bytes), DigestPass.ALL)
                            .digests(),
                    source.thirdParty().orElseThrow(),
                    from);
            assertThat(house.thirdParty().orElseThrow().bring(order))
                    .isInstanceOfSatisfying(
                            Brought.Written.class,
                            brought -> assertThat(brought.written()).isInstanceOf(Written.Done.class));
            assertThat(read(NAME)).isEqualTo(bytes);
            assertThat(house.thirdParty().orElseThrow().bring(order))
                    .isEqualTo(new Brought.Written(new Written.Occupied(new ByteSize(SIZE)), Digests.NONE));
        }
    }

    @Test
    void whereTheHouseIsToRemoveSuchACredentialIsRefused() {
        assertThatThrownBy(() -> driver("element", Map.of("credential", "create-only"), Deletes.By.HOUSE))
                .hasMessageContaining("credential")
                .hasMessageContaining("deletes: {by: site}");
        assertThatThrownBy(() -> driver(
                        "element",
                        Map.of("credential", "create-only", "fts", "https://fts.example.org:8446"),
                        Deletes.By.SITE))
                .hasMessageContaining("without 'fts'");
    }

    private byte[] written(String name) {
        byte[] bytes = random();
        assertThat(house.write(new StoragePath(name), new ByteSize(SIZE), new ByteArrayInputStream(bytes)))
                .isInstanceOf(Written.Done.class);
        return bytes;
    }

    private byte[] read(String name) throws IOException {
        try (InputStream in = house.open(new StoragePath(name))) {
            return in.readAllBytes();
        }
    }

    private TreeSet<String> listed() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        house.list((Listed one) -> names.add(one.path().path()));
        return names;
    }

    private static byte[] random() {
        byte[] bytes = new byte[SIZE];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    /** Half of the bytes, and then a source that fails. */
    private static InputStream broken(byte[] bytes) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes, 0, bytes.length / 2), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the source went away");
            }
        });
    }

    private static Cargo cargo(byte[] bytes) throws IOException {
        return new Cargo(
                new DataId(new Scope("lab"), NAME),
                new ByteSize(bytes.length),
                DigestPass.over(new ByteArrayInputStream(bytes), DigestPass.ALL).digests(),
                0,
                () -> new ByteArrayInputStream(bytes),
                List.of());
    }
}
