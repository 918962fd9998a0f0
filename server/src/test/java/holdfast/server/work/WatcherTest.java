package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.PosixDriver;
import holdfast.server.drivers.Start;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Memory;
import holdfast.storage.Medium;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatcherTest {
    private static final StorageName FRESH = new StorageName("FRESH-DISK");

    @TempDir
    Path folder;

    private WorkHouse house;
    private Watcher watcher;

    @BeforeEach
    void build() {
        house = new WorkHouse(folder);
        house.add(FRESH, Medium.DISK, house.posix(FRESH));
        watcher = new Watcher(house.place, WatchSettings.DEFAULTS);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void step() {
        house.pass(Duration.ofSeconds(10));
        watcher.step();
    }

    private Optional<Instant> silentSince() {
        return house.condition(FRESH).silentSince();
    }

    @Test
    void anElementThatWasNeverSeenIsMarkedAndRemembered() {
        step();

        assertThat(house.root(FRESH)).isNotEmptyDirectory();
        assertThat(new Memory(house.database).recall("initialised:FRESH-DISK")).isPresent();
        assertThat(silentSince()).isEmpty();
        assertThat(house.entries()).isZero();
    }

    @Test
    void silenceIsRecordedOnceAndItsEndToo() throws IOException {
        step();
        Files.move(house.root(FRESH), folder.resolve("away"));

        step();
        Instant fell = house.now();
        step();
        assertThat(silentSince()).hasValue(fell);
        assertThat(house.entries()).isOne();

        Files.move(folder.resolve("away"), house.root(FRESH));
        step();
        step();
        assertThat(silentSince()).isEmpty();
        assertThat(house.entries()).isEqualTo(2);
    }

    @Test
    void anEmptiedMountPointIsNeverTakenForNewEvenAfterARestart() throws IOException {
        step();
        Files.move(house.root(FRESH), folder.resolve("away"));
        Files.createDirectory(house.root(FRESH));
        house.replace(FRESH, house.posix(FRESH));
        watcher = new Watcher(house.place, WatchSettings.DEFAULTS);

        step();

        assertThat(silentSince()).isPresent();
        assertThat(house.root(FRESH)).isEmptyDirectory();
    }

    @Test
    void anotherElementOfTheSameNameIsSilent() throws IOException {
        step();
        Files.move(house.root(FRESH), folder.resolve("away"));
        PosixDriver other = house.posix(FRESH);
        other.initialise(true);
        house.replace(FRESH, other);
        watcher = new Watcher(house.place, WatchSettings.DEFAULTS);

        step();

        assertThat(silentSince()).isPresent();
    }

    @Test
    void anElementWhoseFolderHoldsStrangersFilesIsSilentAndUntouched() throws IOException {
        Files.createDirectories(house.root(FRESH));
        Files.writeString(house.root(FRESH).resolve("thesis.tex"), "mine");

        step();

        assertThat(silentSince()).isPresent();
        try (var files = Files.list(house.root(FRESH))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void anElementIsNotSilentWhereAnotherNodeReachesIt() throws IOException {
        step();
        Workplace mine = house.place;
        ElementDriver mounted = house.posix(FRESH);
        Watcher elsewhere = new Watcher(
                new Workplace(
                        mine.database(),
                        mine.words(),
                        mine.journal(),
                        new Leases(house.database, mine.clock()),
                        mine.clock(),
                        name -> Optional.of(mounted),
                        mine.inForce()),
                WatchSettings.DEFAULTS);
        house.replace(
                FRESH,
                new PosixDriver(
                        FRESH,
                        PosixDriver.Settings.of(folder.resolve("not mounted here")),
                        new Start(UUID.randomUUID(), house.now())));

        step();
        assertThat(silentSince()).isPresent();
        elsewhere.step();
        assertThat(silentSince()).isEmpty();
        step();
        assertThat(silentSince()).isEmpty();
    }

    @Test
    void onlyOneOfTwoNodesRecords() throws IOException {
        step();
        Workplace mine = house.place;
        Watcher elsewhere = new Watcher(
                new Workplace(
                        mine.database(),
                        mine.words(),
                        mine.journal(),
                        new Leases(house.database, mine.clock()),
                        mine.clock(),
                        mine.drivers(),
                        mine.inForce()),
                WatchSettings.DEFAULTS);
        Files.move(house.root(FRESH), folder.resolve("away"));

        elsewhere.step();
        assertThat(silentSince()).isEmpty();
        step();
        assertThat(silentSince()).isPresent();
    }
}
