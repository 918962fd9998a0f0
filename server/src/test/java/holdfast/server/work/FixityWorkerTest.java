package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.fixity.FixityFact;
import holdfast.fixity.Outcome;
import holdfast.server.drivers.ElementDriver;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.transfer.TransferFact;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixityWorkerTest {
    @TempDir
    Path folder;

    private WorkHouse house;
    private TricksterDriver driver;
    private FixityWorker worker;

    @BeforeEach
    void build() {
        house = new WorkHouse(folder);
        driver = new TricksterDriver(house.disk());
        house.replace(WorkHouse.DISK, driver);
        worker = new FixityWorker(house.place, FixitySettings.DEFAULTS);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private int step() {
        house.pass(Duration.ofMinutes(10));
        return worker.step(WorkHouse.DISK);
    }

    private CopyState state(DataId id) {
        return house.row(id).state();
    }

    @Test
    void anArrivedCopyIsReadWholeAndProved() {
        DataId id = house.files(1, 1000).getFirst();

        assertThat(step()).isOne();

        CopyRow row = house.row(id);
        assertThat(row.state()).isEqualTo(CopyState.PROVED);
        assertThat(row.proof().orElseThrow().kind()).isEqualTo(ProofKind.WHOLE_READ);
        assertThat(row.proof().orElseThrow().fromMedium()).isTrue();
        assertThat(row.proof().orElseThrow().at()).isEqualTo(house.now());
        assertThat(row.locator()).isPresent();
        assertThat(step()).isZero();
    }

    @Test
    void aProofIsRenewedBeforeTheCalendarMakesItLate() {
        DataId id = house.files(1, 1000).getFirst();
        step();

        house.pass(Duration.ofDays(47));
        assertThat(step()).isZero();
        house.pass(Duration.ofDays(1));
        assertThat(step()).isOne();

        assertThat(house.row(id).proof().orElseThrow().at()).isEqualTo(house.now());
    }

    @Test
    void aFlippedBitIsCorruptAfterTheSecondReadThoughSizeAndTimeAreKept() throws IOException {
        DataId id = house.files(3, 1000).get(1);
        provedAndDue();
        flip(house.path(id));

        assertThat(step()).isEqualTo(3);
        assertThat(state(id)).isEqualTo(CopyState.SUSPECT);
        assertThat(step()).isOne();

        assertThat(state(id)).isEqualTo(CopyState.CORRUPT);
        assertThat(house.row(id).finding()).hasValue("adler32, md5, sha256 differ");
    }

    @Test
    void aDigestOfOneKindThatDiffersIsNamed() {
        byte[] bytes = {1, 2, 3};
        DataId id = new DataId(WorkHouse.SCOPE, "/lab/raw/a");
        house.lay(id, 0, bytes);
        var file = house.file(id, bytes);
        Digests wrong = file.digests().with(Digest.sha256(new byte[] {9}));
        var stated = new holdfast.catalog.FileRow(
                id,
                file.size(),
                wrong,
                file.digestOrigin(),
                file.belongs(),
                file.attributes(),
                file.mention(),
                file.source(),
                false,
                false);
        house.register(List.of(stated), List.of(house.copy(id, 0)));

        step();

        assertThat(house.row(id).finding()).hasValue("sha256 differs");
    }

    @Test
    void aTruncatedFileIsCorruptAndSaysItsSize() throws IOException {
        DataId id = house.files(1, 200).getFirst();
        provedAndDue();
        FileTime time = Files.getLastModifiedTime(house.path(id));
        Files.write(house.path(id), java.util.Arrays.copyOf(Files.readAllBytes(house.path(id)), 100));
        Files.setLastModifiedTime(house.path(id), time);

        step();
        step();

        assertThat(state(id)).isEqualTo(CopyState.CORRUPT);
        assertThat(house.row(id).finding()).hasValue("size 100 instead of 200");
    }

    @Test
    void aDeletedFileIsMissingAtOnceSinceTheElementAnswers() throws IOException {
        DataId id = house.files(1, 200).getFirst();
        provedAndDue();
        Files.delete(house.path(id));

        step();

        assertThat(state(id)).isEqualTo(CopyState.MISSING);
        assertThat(house.row(id).finding().orElseThrow()).contains("answers and has nothing at");
    }

    @Test
    void aFileThatBecameAFolderIsUnreadable() throws IOException {
        DataId id = house.files(1, 200).getFirst();
        provedAndDue();
        Files.delete(house.path(id));
        Files.createDirectory(house.path(id));

        step();
        assertThat(state(id)).isEqualTo(CopyState.SUSPECT);
        step();

        assertThat(state(id)).isEqualTo(CopyState.UNREADABLE);
        assertThat(house.row(id).finding().orElseThrow()).contains("cannot be read");
    }

    @Test
    void filesOfEqualSizeThatWereSwappedAreBothCorrupt() throws IOException {
        List<DataId> ids = house.files(2, 200);
        provedAndDue();
        Path between = folder.resolve("between");
        Files.move(house.path(ids.get(0)), between);
        Files.move(house.path(ids.get(1)), house.path(ids.get(0)));
        Files.move(between, house.path(ids.get(1)));

        step();
        step();

        assertThat(ids).allMatch(id -> state(id) == CopyState.CORRUPT);
    }

    @Test
    void aReadErrorThatHealsOnTheSecondReadReturnsToProved() {
        DataId id = house.files(1, 200).getFirst();
        provedAndDue();
        driver.failReads(house.row(id).path(), "Input/output error");

        step();
        assertThat(state(id)).isEqualTo(CopyState.SUSPECT);
        assertThat(house.row(id).finding()).hasValue("cannot be read: Input/output error");
        driver.mend();
        step();

        assertThat(state(id)).isEqualTo(CopyState.PROVED);
        assertThat(house.row(id).finding()).isEmpty();
    }

    @Test
    void aReadErrorThatStaysIsUnreadable() {
        DataId id = house.files(1, 200).getFirst();
        driver.failReads(house.row(id).path(), "Input/output error");

        step();
        step();

        assertThat(state(id)).isEqualTo(CopyState.UNREADABLE);
    }

    @Test
    void nothingIsRecordedOfAnElementThatIsGone() throws IOException {
        house.files(5, 200);
        provedAndDue();
        Files.move(house.root(WorkHouse.DISK), folder.resolve("elsewhere"));
        long entries = house.entries();

        assertThat(step()).isZero();

        assertThat(house.entries()).isEqualTo(entries);
    }

    @Test
    void nothingIsRecordedWhenTheElementFallsSilentInTheMidst() throws IOException {
        List<DataId> ids = house.files(3, 200);
        provedAndDue();
        Files.delete(house.path(ids.getFirst()));
        driver.failReads(house.row(ids.get(1)).path(), "Stale file handle");
        driver.beforeReads(() -> driver.reach(Optional.of(new Reach.Silent("gone"))));

        step();

        assertThat(state(ids.get(1))).isEqualTo(CopyState.PROVED);
    }

    @Test
    void anElementThatComesBackWhileACopyIsLookedAtMakesNothingSuspect() {
        DataId id = house.files(1, 200).getFirst();
        provedAndDue();

        driver.answerNoLooks(1);
        assertThat(step()).isZero();
        assertThat(state(id)).isEqualTo(CopyState.PROVED);

        driver.answerNoLooks(2);
        assertThat(step()).isOne();
        assertThat(state(id)).isEqualTo(CopyState.SUSPECT);
        assertThat(house.row(id).finding()).hasValue("cannot be read: no answer");
    }

    @Test
    void aSilentElementOrOneInDowntimeIsNotChecked() {
        house.files(1, 200);
        new ConditionBook(house.place)
                .change(
                        new Actor("test"),
                        Cause.FELL_SILENT,
                        WorkHouse.DISK,
                        before -> before.withSilentSince(Optional.of(house.now())));

        assertThat(step()).isZero();
    }

    @Test
    void aRowThatChangedBetweenReadAndRecordIsLeftAlone() throws IOException {
        DataId id = house.files(1, 200).getFirst();
        provedAndDue();
        flip(house.path(id));
        CopyRow again = house.copy(id, 1);
        AtomicBoolean once = new AtomicBoolean();
        driver.beforeReads(() -> {
            if (once.compareAndSet(false, true)) {
                house.lay(id, 1, WorkHouse.bytes(id, 200));
                house.journal.append(
                        new TransferFact.CopiesArrived(List.of(again), List.of(WorkHouse.DISK)), new Actor("mover"));
            }
        });

        assertThat(step()).isZero();
        assertThat(house.row(id)).isEqualTo(again);

        assertThat(step()).isOne();
        assertThat(state(id)).isEqualTo(CopyState.PROVED);
    }

    @Test
    void whatIsSeenOfARowThatChangedMeanwhileIsSeenAgainAtOnce() throws IOException {
        DataId id = house.files(1, 200).getFirst();
        provedAndDue();
        CopyRow suspect = house.row(id).state(CopyState.SUSPECT, house.now(), Optional.of("a mover could not read it"));
        AtomicBoolean once = new AtomicBoolean();
        driver.beforeReads(() -> {
            if (once.compareAndSet(false, true)) {
                house.journal.append(
                        new FixityFact.CopiesInspected(List.of(suspect), List.of(Outcome.UNREADABLE)),
                        new Actor("mover"));
            }
        });
        assertThat(step()).isZero();
        assertThat(state(id)).isEqualTo(CopyState.SUSPECT);
        Files.delete(house.path(id));

        assertThat(worker.step(WorkHouse.DISK)).isOne();
        assertThat(state(id)).isEqualTo(CopyState.MISSING);
    }

    @Test
    void aScrubWhoseComparisonIsBrokenIsVoidAndRecordsNothingElse() throws IOException {
        DataId id = house.files(2, 200).getFirst();
        provedAndDue();
        flip(house.path(id));
        FixityWorker blind =
                new FixityWorker(house.place, FixitySettings.DEFAULTS, (expected, found) -> Optional.empty());

        assertThat(blind.step(WorkHouse.DISK)).isZero();

        assertThat(state(id)).isEqualTo(CopyState.PROVED);
        assertThat(house.condition(WorkHouse.DISK).scrub().orElseThrow().canariesFound())
                .isFalse();
        long entries = house.entries();
        blind.step(WorkHouse.DISK);
        assertThat(house.entries()).isEqualTo(entries);

        step();
        assertThat(state(id)).isEqualTo(CopyState.SUSPECT);
        assertThat(house.condition(WorkHouse.DISK).scrub().orElseThrow().canariesFound())
                .isTrue();
    }

    @Test
    void aComparisonThatCallsEverythingBadVoidsTheScrubToo() {
        DataId id = house.files(1, 200).getFirst();
        FixityWorker gloomy =
                new FixityWorker(house.place, FixitySettings.DEFAULTS, (expected, found) -> Optional.of("bad"));

        assertThat(gloomy.step(WorkHouse.DISK)).isZero();
        assertThat(state(id)).isEqualTo(CopyState.ARRIVED);
    }

    @Test
    void aCanaryThatSomebodyRemovedIsPlantedAgainAndIsNoLoss() throws IOException {
        DataId id = house.files(1, 200).getFirst();
        provedAndDue();
        Files.delete(house.root(WorkHouse.DISK).resolve(".canary/intact"));

        assertThat(step()).isOne();

        assertThat(state(id)).isEqualTo(CopyState.PROVED);
        assertThat(house.root(WorkHouse.DISK).resolve(".canary/intact")).exists();
    }

    @Test
    void aCanaryThatRotsVoidsTheScrubAndIsReplacedByAnotherNeverOverwritten() throws IOException {
        house.files(1, 200);
        provedAndDue();
        Path canary = house.root(WorkHouse.DISK).resolve(".canary/intact");
        flip(canary);
        byte[] rotten = Files.readAllBytes(canary);

        assertThat(step()).isZero();

        assertThat(house.condition(WorkHouse.DISK).scrub().orElseThrow().canariesFound())
                .isFalse();

        assertThat(step()).isOne();
        assertThat(house.condition(WorkHouse.DISK).scrub().orElseThrow().canariesFound())
                .isTrue();
        assertThat(Files.readAllBytes(canary)).isEqualTo(rotten);
    }

    @Test
    void thatTheCanariesWereFoundIsRecordedOnceAnHour() {
        house.files(1, 200);
        step();
        long entries = house.entries();
        step();
        assertThat(house.entries()).isEqualTo(entries);

        house.pass(Duration.ofHours(1));
        step();

        assertThat(house.entries()).isEqualTo(entries + 1);
    }

    @Test
    void aCopyWithoutAStrongDigestIsNotCheckedAndHoldsUpNobody() {
        byte[] bytes = {1, 2, 3};
        DataId weak = new DataId(WorkHouse.SCOPE, "/lab/raw/weak");
        house.lay(weak, 0, bytes);
        var file = house.file(weak, bytes);
        var stated = new holdfast.catalog.FileRow(
                weak,
                file.size(),
                Digests.of(file.digests().adler32().orElseThrow()),
                file.digestOrigin(),
                file.belongs(),
                file.attributes(),
                file.mention(),
                file.source(),
                false,
                false);
        house.register(List.of(stated), List.of(house.copy(weak, 0)));
        FixityWorker narrow = new FixityWorker(
                house.place,
                new FixitySettings(
                        1,
                        1,
                        1,
                        0.8,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofMinutes(1)));
        assertThat(narrow.step(WorkHouse.DISK)).isZero();
        house.pass(Duration.ofMinutes(1));
        house.files(1, 10);

        assertThat(narrow.step(WorkHouse.DISK)).isOne();
        assertThat(state(weak)).isEqualTo(CopyState.ARRIVED);
    }

    @Test
    void twoThousandIntactFilesRaiseNoAlarm() {
        ElementDriver driver = house.posix(WorkHouse.DISK);
        house.replace(WorkHouse.DISK, driver);
        house.files(2000, 300);
        for (int i = 0; i < 2; i++) {
            while (step() > 0) {
                assertThat(house.count("select count(*) from copy where state not in ('A', 'P')"))
                        .isZero();
            }
            assertThat(house.count("select count(*) from copy where state = 'P'"))
                    .isEqualTo(2000);
            house.pass(Duration.ofDays(50));
        }
    }

    private void provedAndDue() {
        while (step() > 0) {
            continue;
        }
        house.pass(Duration.ofDays(60));
    }

    private static void flip(Path path) throws IOException {
        FileTime time = Files.getLastModifiedTime(path);
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length / 3] ^= 4;
        Files.write(path, bytes);
        Files.setLastModifiedTime(path, time);
    }
}
