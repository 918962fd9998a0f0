package holdfast.server.movers;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.MemoryDriver;
import holdfast.server.drivers.Start;
import holdfast.storage.Locator;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageDriver.Locality;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.DriverChoice;
import holdfast.storage.StorageElement.TapeLibrary;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lands on tape where bytes of an attempt lie whose record was lost. */
class LandingTest {
    private static final Map<String, String> SETTINGS = Map.of("root", "tape", "mount", "0 ms");
    private static final DataId SMALL = new DataId(new Scope("raw"), "/raw/small.dat");
    private static final DataId LARGE = new DataId(new Scope("raw"), "/raw/large.dat");

    @TempDir
    Path data;

    private ElementDriver tape;

    @BeforeEach
    void mark() {
        tape = new DriverCatalogue(data, new Start(UUID.randomUUID(), Instant.EPOCH))
                .driverOf(new StorageElement(
                        new StorageName("LAB-TAPE"),
                        new SiteName("lab"),
                        new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.of(Medium.TAPE),
                        Use.IN_USE,
                        Optional.of(new TapeLibrary(1, 9)),
                        new DriverChoice("tape", SETTINGS)));
        tape.initialise(true);
    }

    @AfterEach
    void letGo() {
        tape.close();
    }

    @Test
    void whatAnAttemptLeftOnTapeIsTakenAndNotWrittenBesideIt() throws IOException {
        List<Landed> first = land(right(SMALL), right(LARGE));
        List<Landed> again = land(right(SMALL), right(LARGE));
        assertThat(again)
                .isEqualTo(first)
                .allSatisfy(l -> assertThat(done(l).writing()).isZero());
        assertThat(onTape()).hasSize(2);
        assertThat(again).allSatisfy(l -> assertThat(seen(done(l).path())).isEqualTo(Locality.TAPE));
    }

    @Test
    void otherBytesOnTapeArePassedBy() throws IOException {
        land(wrong(SMALL), wrong(LARGE));
        assertThat(land(right(SMALL), right(LARGE)))
                .allSatisfy(l -> assertThat(done(l).writing()).isOne());
        assertThat(onTape()).hasSize(4);
    }

    @Test
    void bytesOfALostCartridgeArePassedBy() throws IOException {
        land(right(SMALL));
        Files.move(data.resolve("tape/cartridges/0001"), data.resolve("away"));
        Landed.Done landed = done(land(right(SMALL)).getFirst());
        assertThat(landed.writing()).isOne();
        assertThat(landed.locator()).contains(new Locator("0002:1"));
    }

    @Test
    void whileNoDriveWorksNothingIsWrittenBesideThem() throws IOException {
        land(right(SMALL), right(LARGE));
        Files.createFile(data.resolve("tape/drives/0.broken"));
        assertThat(land(right(SMALL), right(LARGE)))
                .allSatisfy(l -> assertThat(l)
                        .isInstanceOfSatisfying(
                                Landed.Unknown.class, u -> assertThat(u.why()).contains("not online yet")));
        Files.delete(data.resolve("tape/drives/0.broken"));
        assertThat(land(right(SMALL), right(LARGE)))
                .allSatisfy(l -> assertThat(done(l).writing()).isZero());
        assertThat(onTape()).hasSize(2);
    }

    @Test
    void bytesThatAreLostWhileTheyAreLookedAtHaveNotArrived() {
        MemoryDriver disk = new MemoryDriver();
        Landing landing = new Landing(disk, Layout.NAME);
        StoragePath path = done(landing.land(List.of(right(SMALL))).getFirst()).path();
        disk.afterOpening(() -> disk.lose(path));

        assertThat(landing.land(List.of(right(SMALL))).getFirst())
                .isInstanceOfSatisfying(
                        Landed.Unknown.class, u -> assertThat(u.why()).contains("not seen there any more"));
        assertThat(done(landing.land(List.of(right(SMALL))).getFirst()).path()).isEqualTo(path);
    }

    private List<Landed> land(Cargo... cargoes) {
        return new Landing(tape, Layout.NAME).land(List.of(cargoes));
    }

    private static Cargo right(DataId id) {
        return cargo(id, bytes(id, 'r'));
    }

    /** Of the same size. */
    private static Cargo wrong(DataId id) {
        return cargo(id, bytes(id, 'w'));
    }

    private static Cargo cargo(DataId id, byte[] bytes) {
        return new Cargo(
                id,
                new ByteSize(bytes.length),
                Digests.of(Digest.sha256(bytes)),
                0,
                () -> new ByteArrayInputStream(bytes));
    }

    private static byte[] bytes(DataId id, char of) {
        return String.valueOf(of)
                .repeat(id.equals(LARGE) ? Landing.SMALL + 1 : 10)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Landed.Done done(Landed landed) {
        assertThat(landed).isInstanceOf(Landed.Done.class);
        return (Landed.Done) landed;
    }

    private Locality seen(StoragePath path) {
        return ((Seen.Present) tape.look(path)).locality();
    }

    private List<StoragePath> onTape() throws IOException {
        List<StoragePath> paths = new ArrayList<>();
        tape.list(file -> paths.add(file.path()));
        return paths;
    }
}
