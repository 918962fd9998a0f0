package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.plan.Limits;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few files of a cartridge read in the place of all, where the plan takes that; one bad one, and each is read by itself. */
class CartridgeSamplesTest {
    private static final StorageName TAPE = new StorageName("LAB-TAPE");
    /** When the plan's calendar, a year, asks for the next look. */
    private static final Duration NEXT_LOOK = Duration.ofDays(300);

    @TempDir
    Path folder;

    private WorkHouse house;
    private ElementDriver tape;
    private FixityWorker worker;

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
                        Map.of("root", house.root(TAPE).toString(), "mount", "1 ms", "cartridge-size", "1 MB")));
        tape = new DriverCatalogue(folder, new Start(UUID.randomUUID(), house.now())).driverOf(element);
        house.add(element, tape);
        new Watcher(house.place, WatchSettings.DEFAULTS).step();
        worker = new FixityWorker(house.place, FixitySettings.DEFAULTS);
        house.limits(taken(Set.of(WorkHouse.LAB)));
    }

    @AfterEach
    void close() throws Exception {
        tape.close();
        house.close();
    }

    private static Limits taken(Set<holdfast.vocabulary.SiteName> at) {
        return Limits.of(Map.of(), Set.of(), at);
    }

    /** Files on one cartridge, each read from it once. */
    private List<DataId> proved(int count) {
        List<DataId> ids = new ArrayList<>();
        List<FileRow> files = new ArrayList<>();
        List<CopyRow> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DataId id = new DataId(WorkHouse.SCOPE, "/lab/raw/tape" + i);
            byte[] bytes = WorkHouse.bytes(id, 300);
            CopyRow copy = house.copy(id, TAPE, 0);
            assertThat(tape.write(copy.path(), new ByteSize(300), new ByteArrayInputStream(bytes)))
                    .isInstanceOf(Written.Done.class);
            ids.add(id);
            files.add(house.file(id, bytes));
            copies.add(copy);
        }
        house.register(files, copies);
        assertThat(step()).isEqualTo(count);
        assertThat(ids).allMatch(id -> kind(id) == ProofKind.MEDIUM);
        ids.sort(Comparator.comparingLong(this::position));
        return ids;
    }

    private long position(DataId id) {
        String text = house.row(id).locator().orElseThrow().text();
        return Long.parseLong(text.substring(text.indexOf(':') + 1));
    }

    private int step() {
        house.pass(Duration.ofMinutes(10));
        return worker.step(TAPE);
    }

    private ProofKind kind(DataId id) {
        return house.row(id).proof().orElseThrow().kind();
    }

    private CopyState state(DataId id) {
        return house.row(id).state();
    }

    private void flipABit(DataId id) throws IOException {
        String[] at = house.row(id).locator().orElseThrow().text().split(":");
        Path there = house.root(TAPE).resolve("cartridges").resolve(at[0]).resolve("%09d".formatted(position(id)));
        byte[] bytes = Files.readAllBytes(there);
        bytes[100] ^= 1;
        Files.write(there, bytes);
    }

    @Test
    void aFewFilesAreReadAndTheProofsOfAllOthersAreCarriedOn() {
        List<DataId> ids = proved(12);
        house.pass(NEXT_LOOK);

        assertThat(step()).isEqualTo(12);

        List<DataId> read =
                ids.stream().filter(id -> kind(id) == ProofKind.MEDIUM).toList();
        assertThat(read).hasSizeBetween(2, 4).contains(ids.getFirst(), ids.getLast());
        assertThat(ids).allMatch(id -> house.row(id).proof().orElseThrow().at().equals(house.now()));
        assertThat(ids).allMatch(id -> house.row(id).proof().orElseThrow().fromMedium());
        assertThat(step()).isZero();
    }

    @Test
    void oneBadFilePutsAllOthersOfItsCartridgeOnTrialUntilEachWasReadByItself() throws IOException {
        List<DataId> ids = proved(12);
        flipABit(ids.getFirst());
        house.pass(NEXT_LOOK);

        step();

        assertThat(state(ids.getFirst())).isEqualTo(CopyState.SUSPECT);
        List<DataId> onTrial =
                ids.stream().filter(id -> state(id) == CopyState.CLAIMED).toList();
        assertThat(onTrial).hasSizeBetween(8, 10).doesNotContain(ids.getLast());
        assertThat(house.row(onTrial.getFirst()).finding().orElseThrow()).contains("cartridge 0001", "read anew");

        assertThat(step()).isEqualTo(onTrial.size() + 1);
        assertThat(onTrial).allMatch(id -> kind(id) == ProofKind.MEDIUM && state(id) == CopyState.PROVED);
        assertThat(state(ids.getFirst())).isEqualTo(CopyState.CORRUPT);
        assertThat(step()).isZero();
    }

    @Test
    void aCartridgeWithAnythingBadOnItIsNotSampled() throws IOException {
        List<DataId> ids = proved(12);
        flipABit(ids.getFirst());
        house.pass(NEXT_LOOK);
        step();
        step();
        house.pass(NEXT_LOOK);

        assertThat(step()).isEqualTo(11);

        assertThat(ids.subList(1, 12)).allMatch(id -> kind(id) == ProofKind.MEDIUM);
        assertThat(ids.subList(1, 12))
                .allMatch(id -> house.row(id).proof().orElseThrow().at().equals(house.now()));
    }

    @Test
    void withoutADriveNothingIsCarriedOnAndNothingIsTriedAgainAtOnce() throws IOException {
        List<DataId> ids = proved(12);
        Files.createDirectories(house.root(TAPE).resolve("drives"));
        Files.createFile(house.root(TAPE).resolve("drives/0.broken"));
        house.pass(NEXT_LOOK);

        assertThat(step()).isZero();

        assertThat(ids).noneMatch(id -> house.row(id).proof().orElseThrow().at().equals(house.now()));
        assertThat(ids).allMatch(id -> state(id) == CopyState.PROVED);
    }

    @Test
    void whereThePlanTakesNoSampleEachFileIsReadByItself() {
        List<DataId> ids = proved(12);
        house.limits(Limits.DEFAULTS);
        house.pass(NEXT_LOOK);

        assertThat(step()).isEqualTo(12);
        assertThat(ids).allMatch(id -> kind(id) == ProofKind.MEDIUM);
    }

    @Test
    void whatLeansOnASampleIsReadByItselfOnceThePlanTakesThemNoMore() {
        List<DataId> ids = proved(12);
        house.pass(NEXT_LOOK);
        step();
        long leaning = ids.stream()
                .filter(id -> kind(id) == ProofKind.CARTRIDGE_SAMPLE)
                .count();
        assertThat(leaning).isPositive();

        house.limits(Limits.DEFAULTS);

        assertThat(step()).isEqualTo((int) leaning);
        assertThat(ids).allMatch(id -> kind(id) == ProofKind.MEDIUM);
    }

    @Test
    void whatPeopleAskToHaveReadIsReadByItself() {
        List<DataId> ids = proved(12);
        house.pass(Duration.ofDays(1));
        worker.dueNow(TAPE);

        assertThat(step()).isEqualTo(12);
        assertThat(ids).allMatch(id -> kind(id) == ProofKind.MEDIUM);
    }
}
