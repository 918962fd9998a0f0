package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.storage.Condition;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageDriver.Written;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeFixityTest {
    private static final StorageName TAPE = new StorageName("LAB-TAPE");

    @TempDir
    Path folder;

    private WorkHouse house;
    private ElementDriver tape;
    private FixityWorker worker;
    private RecallDrills drills;
    private Watcher watcher;

    @BeforeEach
    void build() {
        house = new WorkHouse(folder);
        StorageElement element = new StorageElement(
                TAPE,
                WorkHouse.LAB,
                new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.of(Medium.TAPE),
                StorageElement.Use.IN_USE,
                Optional.of(new StorageElement.TapeLibrary(1, 9)),
                new StorageElement.DriverChoice(
                        "tape",
                        Map.of(
                                "root",
                                house.root(TAPE).toString(),
                                "mount",
                                "1 ms",
                                "online-for",
                                "1 h",
                                "cartridge-size",
                                "10 kB")));
        tape = new DriverCatalogue(folder, new Start(UUID.randomUUID(), house.now())).driverOf(element);
        house.add(element, tape);
        watcher = new Watcher(house.place, WatchSettings.DEFAULTS);
        watcher.step();
        worker = new FixityWorker(house.place, FixitySettings.DEFAULTS);
        drills = new RecallDrills(house.place, WatchSettings.DEFAULTS, FixitySettings.DEFAULTS, new Random(7));
    }

    @AfterEach
    void close() throws Exception {
        tape.close();
        house.close();
    }

    private List<DataId> files(int count) {
        List<DataId> ids = new ArrayList<>();
        List<FileRow> files = new ArrayList<>();
        List<CopyRow> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DataId id = new DataId(WorkHouse.SCOPE, "/lab/raw/tape" + i);
            byte[] bytes = WorkHouse.bytes(id, 3000);
            CopyRow copy = house.copy(id, TAPE, 0);
            assertThat(tape.write(copy.path(), new ByteSize(3000), new ByteArrayInputStream(bytes)))
                    .isInstanceOf(Written.Done.class);
            ids.add(id);
            files.add(house.file(id, bytes));
            copies.add(copy);
        }
        house.register(files, copies);
        return ids;
    }

    private int step() {
        house.pass(Duration.ofMinutes(10));
        return worker.step(TAPE);
    }

    private boolean drill(Duration later) {
        house.pass(later);
        return drills.step(TAPE);
    }

    private CopyState state(DataId id) {
        return house.row(id).state();
    }

    private Condition condition() {
        return house.condition(TAPE);
    }

    /** The place of a file's bytes on its cartridge. */
    private Path onCartridge(DataId id) throws IOException {
        byte[] bytes = WorkHouse.bytes(id, 3000);
        try (Stream<Path> all = Files.walk(house.root(TAPE).resolve("cartridges"))) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                if (Arrays.equals(Files.readAllBytes(path), bytes)) {
                    return path;
                }
            }
        }
        throw new AssertionError("no cartridge holds " + id);
    }

    @Test
    void aCopyThatStandsInTheBufferTooIsReadFromTheMedium() {
        DataId id = files(3).getFirst();

        assertThat(step()).isEqualTo(3);

        CopyRow row = house.row(id);
        assertThat(row.state()).isEqualTo(CopyState.PROVED);
        assertThat(row.proof().orElseThrow().kind()).isEqualTo(ProofKind.MEDIUM);
        assertThat(row.proof().orElseThrow().fromMedium()).isTrue();
        assertThat(row.locator()).isPresent();
    }

    @Test
    void aBitThatFlippedOnTheCartridgeIsFoundByTwoRecalls() throws IOException {
        List<DataId> ids = files(3);
        Path there = onCartridge(ids.get(1));
        byte[] bytes = Files.readAllBytes(there);
        bytes[100] ^= 1;
        Files.write(there, bytes);

        step();
        assertThat(state(ids.get(1))).isEqualTo(CopyState.SUSPECT);
        step();

        assertThat(state(ids.get(1))).isEqualTo(CopyState.CORRUPT);
        assertThat(state(ids.get(0))).isEqualTo(CopyState.PROVED);
    }

    @Test
    void aLostCartridgeMakesItsCopiesUnreadableThoughCanariesLayOnItToo() throws IOException {
        step();
        List<DataId> ids = files(4);
        step();
        try (Stream<Path> all = Files.list(house.root(TAPE).resolve("cartridges"))) {
            for (Path cartridge : all.toList()) {
                remove(cartridge);
            }
        }
        house.pass(Duration.ofDays(400));

        assertThat(step()).isZero();
        assertThat(condition().scrub().orElseThrow().canariesFound()).isFalse();
        step();
        step();

        assertThat(ids).allMatch(id -> state(id) == CopyState.UNREADABLE);
        assertThat(condition().scrub().orElseThrow().canariesFound()).isTrue();
    }

    @Test
    void withoutAWorkingDriveNothingIsCheckedAndNothingLost() throws IOException {
        List<DataId> ids = files(2);
        step();
        breakTheDrive();
        house.pass(Duration.ofDays(400));

        assertThat(step()).isZero();

        assertThat(ids).allMatch(id -> state(id) == CopyState.PROVED);
        assertThat(condition().scrub().orElseThrow().canariesFound()).isTrue();
    }

    @Test
    void theNumberOfWorkingDrivesIsWatched() throws IOException {
        assertThat(condition().workingDrives()).hasValue(1);
        breakTheDrive();

        house.pass(Duration.ofMinutes(2));
        watcher.step();

        assertThat(condition().workingDrives()).hasValue(0);
    }

    @Test
    void aDrillRecallsACopyFromItsMediumAndIsRepeatedAfterHalfOfTheInterval() {
        files(3);
        assertThat(drill(Duration.ofMinutes(1))).isTrue();
        assertThat(condition().lastDrill()).hasValue(house.now());

        assertThat(drill(Duration.ofDays(45))).isFalse();
        assertThat(drill(Duration.ofDays(2))).isTrue();
    }

    @Test
    void anElementWithoutCopiesDrillsItsCanary() {
        assertThat(drill(Duration.ofMinutes(1))).isTrue();
        assertThat(condition().lastDrill()).isPresent();
    }

    @Test
    void aDrillThatFindsNoReadableCopyCountsAsFailedAndIsTriedAgainSoon() throws IOException {
        DataId id = files(1).getFirst();
        Path away = folder.resolve("away");
        Path there = onCartridge(id);
        Files.move(there, away);

        assertThat(drill(Duration.ofMinutes(1))).isTrue();
        assertThat(condition().failedDrills()).isOne();
        assertThat(state(id)).isEqualTo(CopyState.SUSPECT);
        assertThat(drill(Duration.ofMinutes(1))).isFalse();

        Files.move(away, there);
        assertThat(step()).isOne();
        assertThat(drill(Duration.ofHours(1))).isTrue();
        assertThat(condition().failedDrills()).isZero();
    }

    private void breakTheDrive() throws IOException {
        Files.createDirectories(house.root(TAPE).resolve("drives"));
        Files.createFile(house.root(TAPE).resolve("drives").resolve("0.broken"));
    }

    private static void remove(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
