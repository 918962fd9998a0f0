package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.grid.TapeSite;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What inspections show of copies behind the Tape REST API: whether the medium was read, or only the disk in front of it. */
@Tag("grid")
class TapeRestFixityTest {
    private static final StorageName TAPE = new StorageName("LAB-TAPE");

    private TapeSite site;
    private WorkHouse house;
    private ElementDriver tape;
    private FixityWorker worker;
    private RecallDrills drills;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        site = TapeSite.start(folder);
        // No patience: what is not there at once is left for the next round.
        tape = site.driver(Map.of("recall-limit", "400 ms"));
        house = new WorkHouse(folder.resolve("house"));
        house.add(site.element(Map.of()), tape);
        new Watcher(house.place, WatchSettings.DEFAULTS).step();
        worker = new FixityWorker(house.place, FixitySettings.DEFAULTS);
        drills = new RecallDrills(house.place, WatchSettings.DEFAULTS, FixitySettings.DEFAULTS, new Random(7));
    }

    @AfterEach
    void close() throws Exception {
        if (tape != null) {
            tape.close();
        }
        if (house != null) {
            house.close();
        }
        if (site != null) {
            site.close();
        }
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

    private String there(DataId id) {
        return "/data/element/" + house.row(id).path().path();
    }

    private ProofKind proof(DataId id) {
        return house.row(id).proof().orElseThrow().kind();
    }

    @Test
    void aCopyThatWasOnTapeOnlyIsProvedByItsMediumAndHasAnAddress() throws IOException {
        List<DataId> ids = files(3);

        assertThat(step()).isEqualTo(3);

        assertThat(ids).allMatch(id -> proof(id) == ProofKind.MEDIUM);
        assertThat(house.row(ids.getFirst()).locator()).isPresent();
        assertThat(site.endpoint().shelves().locality(there(ids.getFirst()))).hasValue("TAPE");
        assertThat(drills.step(TAPE)).isTrue();
    }

    @Test
    void aCopyThatTheSiteKeepsOnDiskIsProvedByItsBufferAlone() {
        site.endpoint().archiveAtOnce(false);
        List<DataId> ids = files(2);

        assertThat(step()).isEqualTo(2);

        assertThat(ids).allMatch(id -> proof(id) == ProofKind.BUFFER);
        assertThat(house.row(ids.getFirst()).locator()).as("not archived").isEmpty();
    }

    @Test
    void whatComesFromTapeAfterTheRoundStoppedWaitingIsProvedByTheNextRound() {
        List<DataId> ids = files(2);
        site.endpoint().requests().hold();
        step();
        assertThat(ids).noneMatch(id -> house.row(id).state() == CopyState.PROVED);
        site.endpoint().requests().goOn();

        assertThat(step()).isEqualTo(2);

        assertThat(ids).allMatch(id -> proof(id) == ProofKind.MEDIUM);
        assertThat(site.endpoint().calls("POST stage")).as("asked for once").hasSize(1);
    }

    @Test
    void whatTheSiteSaysIsKeptOnceWhileARecallIsNotReadyAndMakesTheCopyNoBetter() {
        List<DataId> ids = files(2);
        site.endpoint().requests().hold();

        assertThat(step()).isEqualTo(2);

        assertThat(ids).allMatch(id -> house.row(id).state() == CopyState.ARRIVED);
        assertThat(ids).allMatch(id -> proof(id) == ProofKind.SITE_SAYS);
        assertThat(ids).allMatch(id -> house.row(id).locator().isPresent());
        assertThat(step()).isZero();
        site.endpoint().requests().goOn();
        assertThat(step()).isEqualTo(2);
        assertThat(ids).allMatch(id -> proof(id) == ProofKind.MEDIUM);
    }

    @Test
    void aBitThatFlippedOnTapeIsFoundByTwoRecalls() throws IOException {
        List<DataId> ids = files(3);
        Path onTape = site.endpoint().shelves().onTape(there(ids.get(1)));
        byte[] bytes = Files.readAllBytes(onTape);
        bytes[100] ^= 1;
        Files.write(onTape, bytes);

        step();
        assertThat(house.row(ids.get(1)).state()).isEqualTo(CopyState.SUSPECT);
        step();

        assertThat(house.row(ids.get(1)).state()).isEqualTo(CopyState.CORRUPT);
        assertThat(house.row(ids.get(0)).state()).isEqualTo(CopyState.PROVED);
    }

    @Test
    void whatTheSiteSaysItLostIsUnreadableAndNeverMissing() {
        List<DataId> ids = files(2);
        site.endpoint().shelves().lose(there(ids.get(0)));

        step();
        assertThat(house.row(ids.get(0)).state()).isEqualTo(CopyState.SUSPECT);
        step();

        assertThat(house.row(ids.get(0)).state()).isEqualTo(CopyState.UNREADABLE);
        assertThat(house.row(ids.get(1)).state()).isEqualTo(CopyState.PROVED);
    }

    @Test
    void whatIsUnavailableForTheMomentIsNotChecked() {
        List<DataId> ids = files(2);
        site.endpoint().shelves().takeAway(there(ids.get(0)));

        step();

        assertThat(house.row(ids.get(0)).state()).isEqualTo(CopyState.ARRIVED);
        assertThat(house.row(ids.get(1)).state()).isEqualTo(CopyState.PROVED);
    }
}
