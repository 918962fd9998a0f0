package holdfast.server.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.drivers.FaultyDisk.Call;
import holdfast.storage.Locator;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Locality;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeDriverTest extends StorageDriverContract {
    @TempDir
    private Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private Path root;
    private TapeDriver driver;

    @BeforeEach
    void markAnElement() {
        root = folder.resolve("element");
        driver = made(settings());
        assertThat(driver.initialise(true)).isInstanceOf(Initialised.Marked.class);
    }

    @AfterEach
    void letGo() {
        driver.close();
    }

    @Override
    protected StorageDriver driver() {
        return driver;
    }

    @Override
    protected void silence() throws IOException {
        Files.move(root, folder.resolve("away"));
    }

    @Override
    protected void bringBack() throws IOException {
        Files.move(folder.resolve("away"), root);
    }

    @Test
    void aWrittenFileLiesOnItsCartridgeAndNotOnline() throws IOException {
        assertThat(write("raw/f", bytes("hello"))).isEqualTo(new Written.Done(Optional.of(new Locator("0001:1"))));
        assertThat(driver.look(path("raw/f"))).isEqualTo(present(5, Locality.TAPE, "0001:1"));
        assertThat(Files.readString(root.resolve("cartridges/0001/000000001"))).isEqualTo("hello");
        assertThatThrownBy(() -> driver.open(path("raw/f"))).hasMessageContaining("0001:1");
    }

    @Test
    void aRecallBringsBytesFromTheMediumAndAnEvictionLetsThemGo() throws IOException {
        write("raw/f", bytes("hello"));
        assertThat(recall("raw/f")).isEqualTo(Recalled.FROM_MEDIUM);
        assertThat(driver.look(path("raw/f"))).isEqualTo(present(5, Locality.ONLINE_AND_TAPE, "0001:1"));
        assertThat(recall("raw/f")).isEqualTo(Recalled.ONLINE_ALREADY);
        driver.evict(List.of(path("raw/f")));
        assertThat(driver.look(path("raw/f"))).isEqualTo(present(5, Locality.TAPE, "0001:1"));
        assertThat(recall("raw/f")).isEqualTo(Recalled.FROM_MEDIUM);
    }

    @Test
    void aHundredFilesOfOneCartridgeCostOneMount() throws IOException {
        List<StoragePath> paths = IntStream.range(0, 100)
                .mapToObj(i -> path("f%02d".formatted(99 - i)))
                .toList();
        paths.forEach(p -> write(p.path(), bytes(p.path())));
        restart(settings());
        assertThat(driver.recall(paths))
                .hasSize(100)
                .allSatisfy((p, r) -> assertThat(r).isEqualTo(Recalled.FROM_MEDIUM));
        assertThat(driver.mounts()).isEqualTo(1);
    }

    @Test
    void filesOfManyCartridgesCostOneMountEach() throws IOException {
        restart(settings().cartridgesOf(10));
        List<StoragePath> paths =
                IntStream.range(0, 20).mapToObj(i -> path("f" + i)).toList();
        paths.forEach(p -> write(p.path(), bytes("12345")));
        restart(settings().cartridgesOf(10));
        assertThat(driver.recall(paths)).containsValue(Recalled.FROM_MEDIUM).hasSize(20);
        assertThat(driver.mounts()).isEqualTo(10);
        assertThat(driver.look(path("f19"))).isEqualTo(present(5, Locality.ONLINE_AND_TAPE, "0010:2"));
    }

    @Test
    void aFullLibraryRefuses() {
        driver.close();
        driver = made(new TapeSettings(
                root,
                Duration.ofSeconds(10),
                new TapeSettings.Library(1, 2, Duration.ZERO, Duration.ZERO, OptionalLong.empty()),
                true,
                Duration.ZERO,
                5,
                Duration.ofSeconds(10)));
        assertThat(write("a", bytes("12345"))).isInstanceOf(Written.Done.class);
        assertThat(write("b", bytes("larger than a cartridge"))).isInstanceOf(Written.Done.class);
        assertThat(write("c", bytes("12345")))
                .isInstanceOfSatisfying(
                        Written.Refused.class, r -> assertThat(r.why()).contains("full"));
        assertThat(driver.look(path("c"))).isEqualTo(new Seen.Absent());
    }

    @Test
    void aLostCartridgeFailsItsRecallsAndIsNeverWrittenAgain() throws IOException {
        write("f", bytes("hello"));
        removeWhole(root.resolve("cartridges/0001"));
        assertThat(recall("f")).isEqualTo(Recalled.FAILED);
        assertThat(driver.look(path("f"))).isEqualTo(present(5, Locality.TAPE, "0001:1"));
        assertThat(write("g", bytes("x"))).isEqualTo(new Written.Done(Optional.of(new Locator("0002:1"))));
        restart(settings());
        assertThat(recall("f")).isEqualTo(Recalled.FAILED);
        assertThat(recall("g")).isEqualTo(Recalled.FROM_MEDIUM);
    }

    @Test
    void aFileCutOrGoneOnTheCartridgeFailsAndAChangedOneIsReadAsItIs() throws IOException {
        write("cut", bytes("hello"));
        write("gone", bytes("hello"));
        write("changed", bytes("hello"));
        Files.writeString(root.resolve("cartridges/0001/000000001"), "hell");
        Files.delete(root.resolve("cartridges/0001/000000002"));
        Files.writeString(root.resolve("cartridges/0001/000000003"), "hallo");
        assertThat(recall("cut")).isEqualTo(Recalled.FAILED);
        assertThat(recall("gone")).isEqualTo(Recalled.FAILED);
        assertThat(readOnline("changed")).isEqualTo(bytes("hallo"));
    }

    @Test
    void aReadErrorOfTheTapeFailsTheRecall() {
        write("f", bytes("hello"));
        disk.fail(Call.READ, "Input/output error");
        assertThat(recall("f")).isEqualTo(Recalled.FAILED);
    }

    @Test
    void aFullBufferSaysNothingOfTheTape() {
        write("f", bytes("hello"));
        disk.fail(Call.WRITE, "No space left on device");
        assertThat(recall("f")).isEqualTo(Recalled.NOT_YET);
    }

    @Test
    void withoutAWorkingDriveNothingIsLearntAndWritesWaitOnline() throws IOException {
        write("f", bytes("hello"));
        breakDrives();
        assertThat(driver.workingDrives()).contains(0);
        assertThat(recall("f")).isEqualTo(Recalled.NOT_YET);
        assertThat(write("g", bytes("later"))).isEqualTo(new Written.Done(Optional.empty()));
        assertThat(driver.look(path("g")))
                .isEqualTo(new Seen.Present(new ByteSize(5), Locality.ONLINE, Optional.empty()));
        assertThatThrownBy(() -> driver.migrate()).isInstanceOf(TapeDrives.NoDrive.class);
        mendDrives();
        assertThat(driver.migrate()).isEqualTo(1);
        assertThat(driver.look(path("g"))).isEqualTo(present(5, Locality.TAPE, "0001:2"));
    }

    @Test
    void oneBrokenDriveLeavesTheOtherToWork() throws IOException {
        Files.createFile(root.resolve("drives/0.broken"));
        assertThat(driver.workingDrives()).contains(1);
        write("f", bytes("x"));
        assertThat(recall("f")).isEqualTo(Recalled.FROM_MEDIUM);
    }

    @Test
    void migrationLaterWaitsOnlineAndSurvivesARestart() throws IOException {
        restart(settings().migratingAtOnce(false));
        for (int i = 0; i < 300; i++) {
            assertThat(write("d/f%03d".formatted(i), bytes("x"))).isEqualTo(new Written.Done(Optional.empty()));
        }
        assertThat(write("d/f000", bytes("x"))).isEqualTo(new Written.Occupied(new ByteSize(1)));
        assertThat(recall("d/f000")).isEqualTo(Recalled.ONLINE_ALREADY);
        restart(settings().migratingAtOnce(false));
        assertThat(listed()).hasSize(300);
        assertThat(driver.migrate()).isEqualTo(300);
        assertThat(driver.migrate()).isZero();
        assertThat(driver.look(path("d/f299"))).isEqualTo(present(1, Locality.TAPE, "0001:300"));
        assertThat(Files.exists(root.resolve("online/d/f299"))).isFalse();
    }

    @Test
    void aWaitingFileThatLeftTheBufferIsAbsent() throws IOException {
        restart(settings().migratingAtOnce(false));
        write("f", bytes("x"));
        Files.delete(root.resolve("online/f"));
        assertThat(driver.look(path("f"))).isEqualTo(new Seen.Absent());
        assertThat(listed()).isEmpty();
    }

    @Test
    void aCopyStaysOnlineAsLongAsTheElementSays() throws IOException {
        restart(settings().keepingOnlineFor(Duration.ofHours(1)));
        write("f", bytes("hello"));
        assertThat(driver.look(path("f"))).isEqualTo(present(5, Locality.ONLINE_AND_TAPE, "0001:1"));
        Files.writeString(root.resolve("online/f"), "spoil");
        assertThat(Files.readString(root.resolve("cartridges/0001/000000001"))).isEqualTo("hello");
    }

    @Test
    void aRestartKnowsAllAndDropsWhatWasRecalled() throws IOException {
        write("a", bytes("1"));
        write("b", bytes("22"));
        driver.release(path("a"));
        write("a", bytes("333"));
        recall("b");
        restart(settings());
        assertThat(driver.look(path("a"))).isEqualTo(present(3, Locality.TAPE, "0001:3"));
        assertThat(driver.look(path("b"))).isEqualTo(present(2, Locality.TAPE, "0001:2"));
        assertThat(listed()).containsExactly("a", "b");
        assertThat(readOnline("a")).isEqualTo(bytes("333"));
    }

    @Test
    void aFileReleasedFromOneCartridgeAndWrittenToAnotherIsKnownAfterARestart() throws IOException {
        restart(settings().cartridgesOf(5));
        write("a", bytes("12345"));
        driver.release(path("a"));
        write("a", bytes("54321"));
        restart(settings().cartridgesOf(5));
        assertThat(driver.look(path("a"))).isEqualTo(present(5, Locality.TAPE, "0002:1"));
    }

    @Test
    void aLineCutByACrashIsDropped() throws IOException {
        write("a", bytes("1"));
        Files.writeString(root.resolve("index/0001"), "+\t2\t5\thal", StandardOpenOption.APPEND);
        Files.writeString(root.resolve("cartridges/0001/000000002"), "left by a crash");
        restart(settings());
        assertThat(listed()).containsExactly("a");
        assertThat(write("b", bytes("2"))).isEqualTo(new Written.Done(Optional.of(new Locator("0001:3"))));
        restart(settings());
        assertThat(listed()).containsExactly("a", "b");
    }

    @Test
    void anIndexThatCannotBeWrittenMakesTheWriteUnknown() throws IOException {
        write("a", bytes("1"));
        disk.fail(Call.SYNC_FOLDER, "Input/output error");
        assertThat(write("b", bytes("2"))).isInstanceOf(Written.Unknown.class);
        disk.mend();
        assertThat(write("b", bytes("2"))).isInstanceOf(Written.Done.class);
        restart(settings());
        assertThat(listed()).containsExactly("a", "b");
    }

    @Test
    void aReleasedFilesBytesStayOnTheCartridge() throws IOException {
        write("a", bytes("hello"));
        recall("a");
        assertThat(driver.release(path("a"))).isEqualTo(new Removed.Done());
        assertThat(root.resolve("cartridges/0001/000000001")).exists();
        assertThat(root.resolve("online/a")).doesNotExist();
        restart(settings());
        assertThat(driver.look(path("a"))).isEqualTo(new Seen.Absent());
    }

    @Test
    void aRecallThatTakesTooLongIsNotYetReady() {
        driver.close();
        driver = made(new TapeSettings(
                root,
                Duration.ofSeconds(10),
                new TapeSettings.Library(1, 9, Duration.ZERO, Duration.ofHours(1), OptionalLong.empty()),
                true,
                Duration.ZERO,
                1_000,
                Duration.ofMillis(50)));
        write("f", bytes("x"));
        assertThat(recall("f")).isEqualTo(Recalled.NOT_YET);
    }

    @Test
    void aLostIndexIsSilenceAndNotAnEmptyLibrary() throws IOException {
        write("a", bytes("1"));
        driver.close();
        removeWhole(root.resolve("index"));
        driver = made(settings());
        assertThat(driver.initialise(false)).isInstanceOf(Initialised.Refused.class);
        assertThat(driver.reach()).isInstanceOf(Reach.Silent.class);
        assertThat(driver.look(path("a"))).isInstanceOf(Seen.Unreachable.class);
    }

    @Test
    void aCartridgeWithFilesAndNoIndexIsSilence() throws IOException {
        write("a", bytes("1"));
        driver.close();
        Files.delete(root.resolve("index/0001"));
        driver = made(settings());
        assertThat(driver.reach())
                .isInstanceOfSatisfying(
                        Reach.Silent.class, s -> assertThat(s.why()).contains("0001"));
    }

    @Test
    void aCrashBeforeTheFirstLineOfACartridgeIsNoLostIndex() throws IOException {
        disk.fail(Call.LINK, "crashed here");
        assertThat(write("a", bytes("1"))).isInstanceOf(Written.Refused.class);
        disk.mend();
        Files.writeString(root.resolve("cartridges/0001/000000001"), "left by a crash");
        restart(settings());
        assertThat(write("a", bytes("1"))).isEqualTo(new Written.Done(Optional.of(new Locator("0001:2"))));
    }

    @Test
    void oneProcessAtATimeHoldsTheLibrary() {
        try (TapeDriver second = made(settings())) {
            assertThat(second.initialise(false)).isInstanceOf(Initialised.Refused.class);
            assertThat(second.reach()).isInstanceOf(Reach.Silent.class);
        }
        assertThat(driver.reach()).isEqualTo(new Reach.Answers());
    }

    private TapeSettings settings() {
        return TapeSettings.of(
                root, new TapeSettings.Library(2, 50, Duration.ZERO, Duration.ZERO, OptionalLong.empty()));
    }

    private TapeDriver made(TapeSettings settings) {
        return new TapeDriver(new StorageName("LAB-TAPE"), settings, new Start(UUID.randomUUID(), Instant.EPOCH), disk);
    }

    private void restart(TapeSettings settings) {
        driver.close();
        driver = made(settings);
        assertThat(driver.initialise(false)).isInstanceOf(Initialised.Known.class);
    }

    private Recalled recall(String name) {
        Map<StoragePath, Recalled> answers = driver.recall(List.of(path(name)));
        return answers.get(path(name));
    }

    private void breakDrives() throws IOException {
        Files.createFile(root.resolve("drives/0.broken"));
        Files.createFile(root.resolve("drives/1.broken"));
    }

    private void mendDrives() throws IOException {
        Files.delete(root.resolve("drives/0.broken"));
        Files.delete(root.resolve("drives/1.broken"));
    }

    private static Seen present(long size, Locality locality, String locator) {
        return new Seen.Present(new ByteSize(size), locality, Optional.of(new Locator(locator)));
    }

    private static void removeWhole(Path folder) throws IOException {
        List<Path> inside = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.forEach(inside::add);
        }
        for (Path each : inside.reversed()) {
            Files.delete(each);
        }
    }
}
