package holdfast.server.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.drivers.FaultyDisk.Call;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Foreign;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixDriverTest extends StorageDriverContract {
    private static final Instant STARTED = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private Path root;
    private PosixDriver driver;

    @BeforeEach
    void markAnElement() {
        root = folder.resolve("element");
        driver = driver("LAB-DISK");
        assertThat(driver.initialise(true)).isInstanceOf(Initialised.Marked.class);
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
    void anEmptyMountPointIsNotAnEmptyElement() throws IOException {
        write("f", bytes("x"));
        silence();
        Files.createDirectory(root);
        assertThat(driver.reach())
                .isInstanceOfSatisfying(
                        Reach.Silent.class, s -> assertThat(s.why()).contains("carries no mark", "LAB-DISK"));
        assertThat(driver.look(path("f"))).isInstanceOf(Seen.Unreachable.class);
        assertThat(write("g", bytes("x"))).isInstanceOf(Written.Refused.class);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aFolderMarkedAsAnotherElementIsSilent() {
        PosixDriver other = driver("LAB-TAPE");
        assertThat(other.reach())
                .isInstanceOfSatisfying(
                        Reach.Silent.class, s -> assertThat(s.why()).contains("another element"));
        assertThat(other.initialise(true)).isInstanceOf(Initialised.Refused.class);
        assertThat(other.look(path("f"))).isInstanceOf(Seen.Unreachable.class);
    }

    @Test
    void anElementThatWasMarkedOnceIsNeverMarkedAgain() throws IOException {
        silence();
        assertThat(driver.initialise(false)).isInstanceOf(Initialised.Refused.class);
        assertThat(root).doesNotExist();
        Files.createDirectory(root);
        assertThat(driver.initialise(false)).isInstanceOf(Initialised.Refused.class);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void anElementMarkedAnewBehindOurBackIsAnother() throws IOException {
        silence();
        driver("LAB-DISK").initialise(true);
        assertThat(driver.reach())
                .isInstanceOfSatisfying(
                        Reach.Silent.class, s -> assertThat(s.why()).contains("another LAB-DISK than before"));
    }

    @Test
    void aFolderWithSomebodysFilesIsNotTakenOver() throws IOException {
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Files.createFile(theirs.resolve("thesis.tex"));
        PosixDriver greedy = new PosixDriver(new StorageName("X"), PosixDriver.Settings.of(theirs), start());
        assertThat(greedy.initialise(true))
                .isInstanceOfSatisfying(
                        Initialised.Refused.class, r -> assertThat(r.why()).contains("thesis.tex"));
        assertThat(theirs.resolve(MarkText.FILE)).doesNotExist();
    }

    @Test
    void aKnownElementKeepsItsIdentity() {
        Initialised.Known known = (Initialised.Known) driver.initialise(false);
        assertThat(driver("LAB-DISK").initialise(true)).isEqualTo(known);
    }

    @Test
    void leftoversOfACrashAreClearedAndLiveOnesKept() throws IOException {
        Path left = Files.createFile(root.resolve(Incoming.FOLDER).resolve("left"));
        Path live = Files.createFile(root.resolve(Incoming.FOLDER).resolve("live"));
        Files.setLastModifiedTime(left, FileTime.from(STARTED.minusSeconds(3_600)));
        Files.setLastModifiedTime(live, FileTime.from(STARTED.minusSeconds(5)));
        driver.initialise(false);
        assertThat(left).doesNotExist();
        assertThat(live).exists();
    }

    @Test
    void noHiddenFileIsLeftByAnyWrite() throws IOException {
        write("f", bytes("x"));
        write("f", bytes("x"));
        write("short", 3, stream("x"));
        assertThat(root.resolve(Incoming.FOLDER)).isEmptyDirectory();
    }

    @Test
    void aFullDiskRefusesAndLeavesNothing() throws IOException {
        disk.fail(Call.WRITE, "No space left on device");
        assertThat(write("d/f", bytes("x"))).isEqualTo(new Written.Refused("No space left on device"));
        disk.mend();
        assertThat(root.resolve(Incoming.FOLDER)).isEmptyDirectory();
        assertThat(driver.look(path("d/f"))).isEqualTo(new Seen.Absent());
    }

    @Test
    void bytesThatCannotBeSyncedAreRefused() throws IOException {
        disk.fail(Call.SYNC, "Input/output error");
        assertThat(write("f", bytes("x"))).isEqualTo(new Written.Refused("Input/output error"));
        assertThat(root.resolve(Incoming.FOLDER)).isEmptyDirectory();
        assertThat(listed()).isEmpty();
    }

    @Test
    void aLinkThatFailedIsRefusedAndALostAnswerIsDone() throws IOException {
        disk.fail(Call.LINK, "Operation not permitted");
        assertThat(write("f", bytes("x"))).isEqualTo(new Written.Refused("Operation not permitted"));
        disk.mend();
        disk.fail(Call.LINK_ANSWER, "Stale file handle");
        assertThat(write("f", bytes("x"))).isInstanceOf(Written.Done.class);
    }

    @Test
    void aNameThatCannotBeSyncedIsUnknown() throws IOException {
        disk.fail(Call.SYNC_FOLDER, "Input/output error");
        assertThat(write("d/f", bytes("x"))).isInstanceOf(Written.Unknown.class);
        assertThat(driver.release(path("d/f"))).isInstanceOf(Removed.Unknown.class);
        disk.mend();
        assertThat(write("d/g", bytes("x"))).isInstanceOf(Written.Done.class);
    }

    @Test
    void aReadErrorOfTheMediumReachesTheReader() throws IOException {
        write("f", bytes("x"));
        disk.fail(Call.READ, "Input/output error");
        assertThatThrownBy(() -> driver.open(path("f")).readAllBytes()).hasMessage("Input/output error");
        assertThat(size(driver.look(path("f")))).isEqualTo(1);
    }

    @Test
    void aFolderInTheFilesPlaceIsPresentAndUnreadable() throws IOException {
        Files.createDirectory(root.resolve("f"));
        assertThat(driver.look(path("f"))).isInstanceOf(Seen.Present.class);
        assertThatThrownBy(() -> driver.open(path("f"))).hasMessageContaining("is a folder");
        assertThat(driver.release(path("f"))).isInstanceOf(Removed.Unknown.class);
    }

    @Test
    void linksAreNeverFollowedAndListedAsNotOurs() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("leaf"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("way"), outside);
        assertThatThrownBy(() -> driver.open(path("leaf"))).hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> driver.open(path("way/secret"))).hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> disk.read(root.resolve("leaf"))).isInstanceOf(IOException.class);
        assertThat(driver.look(path("way/secret"))).isInstanceOf(Seen.Unreachable.class);
        assertThat(write("way/new", bytes("x"))).isInstanceOf(Written.Refused.class);
        assertThat(write("leaf", bytes("x"))).isNotInstanceOf(Written.Done.class);
        assertThat(driver.release(path("leaf"))).isInstanceOf(Removed.Unknown.class);
        assertThat(driver.release(path("way/secret"))).isInstanceOf(Removed.Unknown.class);
        List<Foreign> foreign = new ArrayList<>();
        driver.list(each -> {}, foreign::add);
        assertThat(foreign).extracting(Foreign::place).containsExactlyInAnyOrder("leaf", "way");
        assertThat(outside).isDirectoryContaining(p -> p.endsWith("secret"));
    }

    @Test
    void aNameThatNoStoragePathHasIsNotOurs() throws IOException {
        Files.createFile(root.resolve("line\nbreak"));
        write("f", bytes("x"));
        List<Foreign> foreign = new ArrayList<>();
        driver.list(each -> assertThat(each.path()).isEqualTo(path("f")), foreign::add);
        assertThat(foreign).extracting(Foreign::why).containsExactly("its name is no storage path");
    }

    @Test
    void aNameLongerThanTheFilesystemTakesIsRefused() {
        assertThat(write("n".repeat(300), bytes("x")))
                .isInstanceOfSatisfying(
                        Written.Refused.class, r -> assertThat(r.why()).contains("too long"));
    }

    @Test
    void aFolderRemovedBehindOurBackIsMadeAndSyncedAgain() throws IOException {
        write("a/b/f", bytes("x"));
        Files.delete(root.resolve("a/b/f"));
        Files.delete(root.resolve("a/b"));
        Files.delete(root.resolve("a"));
        assertThat(driver.look(path("a/b/f"))).isEqualTo(new Seen.Absent());
        assertThat(write("a/b/g", bytes("x"))).isInstanceOf(Written.Done.class);
    }

    private PosixDriver driver(String name) {
        return new PosixDriver(new StorageName(name), PosixDriver.Settings.of(root), start(), disk);
    }

    private static Start start() {
        return new Start(UUID.randomUUID(), STARTED);
    }
}
