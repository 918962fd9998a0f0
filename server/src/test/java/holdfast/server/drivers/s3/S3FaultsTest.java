package holdfast.server.drivers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.grid.CephGateway;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** What a real gateway does to a driver: it dies, stands still, fills up, forgets us. */
@Tag("grid")
class S3FaultsTest {
    private static final int PART = (int) Store.PART;
    private static final Duration SHORT = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private CephGateway ceph;
    private CephGateway.User user;
    private Store store;
    private S3Settings settings;
    private S3Driver driver;

    @BeforeEach
    void markAnElement() {
        ceph = CephGateway.shared();
        user = ceph.user();
        store = Store.of(ceph.url(), user.accessKey(), user.secretKey(), folder).make(false);
        settings = within(SHORT, store.settings(false, OptionalInt.empty()));
        driver = Store.driver(settings);
        assertThat(driver.initialise(true)).isInstanceOf(Initialised.Marked.class);
    }

    @AfterEach
    void end() {
        if (driver != null) {
            driver.close();
            store.close();
        }
    }

    @Test
    void aGatewayKilledInMidWriteLeavesNothingAndTheNextWriteIsDone() throws IOException {
        for (int size : List.of(2_000_000, 2 * (int) Store.PART)) {
            byte[] bytes = S3Contract.random(size);
            assertThat(write("f" + size, bytes, size / 2, ceph::kill)).isInstanceOf(Written.Refused.class);
            assertThat(driver.look(path("f" + size))).isInstanceOf(Seen.Unreachable.class);
            ceph.restart();
            assertThat(driver.look(path("f" + size))).isEqualTo(new Seen.Absent());
            assertThat(write("f" + size, bytes)).isInstanceOf(Written.Done.class);
            assertThat(read("f" + size)).isEqualTo(bytes);
        }
    }

    @Test
    void aGatewayThatStandsStillInMidWriteEndsTheWriteInTime() {
        byte[] bytes = S3Contract.random(2 * (int) Store.PART);
        Instant began = Instant.now();
        try {
            assertThat(write("f", bytes, 100_000, ceph::stop)).isInstanceOf(Written.Refused.class);
            assertThat(driver.reach()).isInstanceOf(Reach.Silent.class);
            assertThat(driver.look(path("f"))).isInstanceOf(Seen.Unreachable.class);
        } finally {
            ceph.goOn();
        }
        assertThat(Duration.between(began, Instant.now())).isLessThan(SHORT.multipliedBy(20));
        assertThat(driver.look(path("f"))).isEqualTo(new Seen.Absent());
        assertThat(driver.reach()).isEqualTo(new Reach.Answers());
    }

    @Test
    void aGatewayThatStandsStillWithAllBytesMakesTheWriteUnknown() throws IOException {
        byte[] bytes = S3Contract.random(300_000);
        try {
            assertThat(write("f", bytes, bytes.length, ceph::stop)).isInstanceOf(Written.Unknown.class);
        } finally {
            ceph.goOn();
        }
        assertThat(write("f", bytes)).isInstanceOfAny(Written.Done.class, Written.Occupied.class);
        assertThat(read("f")).isEqualTo(bytes);
    }

    @Test
    void aConnectionCutInMidWriteLeavesNothingSeenAndALaterStartClearsTheParts() {
        byte[] bytes = S3Contract.random(3 * (int) Store.PART);
        Written cut = write("f", bytes, 2 * (int) Store.PART - 1_000, store.relay()::cut);
        assertThat(cut).isInstanceOf(Written.Refused.class);
        store.relay().mend();
        assertThat(driver.look(path("f"))).isEqualTo(new Seen.Absent());
        try (S3Client owner = store.owner();
                S3Driver later = Store.driver(settings, Instant.now().plus(Duration.ofHours(1)))) {
            assertThat(owner.listMultipartUploads(l -> l.bucket(store.bucket())).uploads())
                    .hasSize(1);
            assertThat(later.initialise(false)).isInstanceOf(Initialised.Known.class);
            assertThat(owner.listMultipartUploads(l -> l.bucket(store.bucket())).uploads())
                    .isEmpty();
        }
    }

    @Test
    void aPartThatBrokeOnItsWayIsSentAgainAndTheOthersAreNot() throws IOException {
        byte[] bytes = S3Contract.random(4 * PART + 1_000_000);
        long before = store.relay().sent();
        AtomicLong given = new AtomicLong();
        store.relay().breakAfterSending(2 * PART + PART / 2);
        assertThat(write("f", counted(bytes, given), bytes.length)).isInstanceOf(Written.Done.class);
        assertThat(read("f")).isEqualTo(bytes);
        assertThat(given.get()).as("the source is read once").isEqualTo(bytes.length);
        // Half of a part went in vain; signatures and headers are far below the other half.
        assertThat(store.relay().sent() - before).isBetween((long) bytes.length + PART / 2, (long) bytes.length + PART);
        try (S3Client owner = store.owner()) {
            assertThat(owner.listMultipartUploads(l -> l.bucket(store.bucket())).uploads())
                    .isEmpty();
        }
        assertThat(settings.kept()).isEmptyDirectory();
    }

    @Test
    void aPartWhoseAnswerIsLostIsSentAgainToo() throws IOException {
        byte[] bytes = S3Contract.random(2 * PART);
        long before = store.relay().sent();
        AtomicLong given = new AtomicLong();
        InputStream source = counted(bytes, given, bytes.length, store.relay()::breakWithTheNextAnswer);
        assertThat(write("f", source, bytes.length)).isInstanceOf(Written.Done.class);
        assertThat(read("f")).isEqualTo(bytes);
        assertThat(given.get()).isEqualTo(bytes.length);
        assertThat(store.relay().sent() - before).isBetween(3L * PART, 3L * PART + PART / 2);
    }

    @Test
    void aPartThatBreaksEachTimeEndsTheWriteAfterFourTries() {
        byte[] bytes = S3Contract.random(3 * PART);
        AtomicLong given = new AtomicLong();
        Written cut = write("f", counted(bytes, given, PART + PART / 2, store.relay()::cut), bytes.length);
        store.relay().mend();
        assertThat(cut)
                .isInstanceOfSatisfying(
                        Written.Refused.class, r -> assertThat(r.why()).contains("part 2, sent 4 times"));
        assertThat(given.get()).isLessThan(2L * PART + 1_000_000);
        assertThat(settings.kept()).isEmptyDirectory();
        assertThat(driver.look(path("f"))).isEqualTo(new Seen.Absent());
        assertThat(write("f", bytes)).isInstanceOf(Written.Done.class);
    }

    @Test
    void aSourceThatFailsIsNotAskedAgain() {
        byte[] bytes = S3Contract.random(3 * PART);
        Instant began = Instant.now();
        Written failed = write(
                "f",
                counted(bytes, new AtomicLong(), PART + PART / 2, () -> {
                    throw new UncheckedIOException(new IOException("a bad sector"));
                }),
                bytes.length);
        assertThat(failed)
                .isInstanceOfSatisfying(
                        Written.Refused.class, r -> assertThat(r.why()).contains("a bad sector"));
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(driver.look(path("f"))).isEqualTo(new Seen.Absent());
    }

    @Test
    void whereNothingCanBeKeptAFileGoesOutAllTheSameAndABrokenPartEndsIt() throws IOException {
        Path file = Files.writeString(folder.resolve("no-folder"), "");
        S3Settings bare = new S3Settings(
                settings.endpoint(),
                settings.place(),
                settings.keys(),
                settings.partBytes(),
                settings.lockDays(),
                settings.answersWithin(),
                file);
        byte[] bytes = S3Contract.random(2 * PART);
        try (S3Driver forgetful = Store.driver(bare)) {
            assertThat(forgetful.initialise(false)).isInstanceOf(Initialised.Known.class);
            store.relay().breakAfterSending(PART + PART / 2);
            assertThat(forgetful.write(path("f"), new ByteSize(bytes.length), new ByteArrayInputStream(bytes)))
                    .isInstanceOf(Written.Refused.class);
            assertThat(forgetful.write(path("f"), new ByteSize(bytes.length), new ByteArrayInputStream(bytes)))
                    .isInstanceOf(Written.Done.class);
        }
        assertThat(read("f")).isEqualTo(bytes);
    }

    private Written write(String name, InputStream bytes, int size) {
        return driver.write(path(name), new ByteSize(size), bytes);
    }

    private static InputStream counted(byte[] bytes, AtomicLong given) {
        return counted(bytes, given, bytes.length, () -> {});
    }

    /** Counts what is taken, and lets something happen once so much was. */
    private static InputStream counted(byte[] bytes, AtomicLong given, int after, Runnable event) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            private boolean happened;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (!happened && given.get() >= after) {
                    happened = true;
                    try {
                        event.run();
                    } catch (UncheckedIOException e) {
                        throw e.getCause();
                    }
                }
                int read = in.read(into, from, length);
                given.addAndGet(Math.max(0, read));
                return read;
            }
        };
    }

    @Test
    void aConnectionCutInMidReadIsAnErrorAndNoShortFile() throws IOException {
        byte[] bytes = S3Contract.random(2_000_000);
        write("f", bytes);
        store.relay().cutAfterReceiving(500_000);
        assertThatThrownBy(() -> read("f")).isInstanceOf(IOException.class);
        store.relay().mend();
        assertThat(read("f")).isEqualTo(bytes);
    }

    @Test
    void aWrongSecretIsSaidAndNeverQuoted() throws IOException {
        String wrong = "wrong-" + user.secretKey();
        try (S3Driver stranger = Store.driver(withSecret(store.secret(user.accessKey() + "\n" + wrong + "\n")))) {
            assertThat(stranger.initialise(false))
                    .isInstanceOfSatisfying(
                            Initialised.Refused.class,
                            r -> assertThat(r.why())
                                    .contains("does not accept the key")
                                    .doesNotContain(wrong, user.secretKey()));
        }
        Files.writeString(settings.keys().own(), user.accessKey() + "\n" + wrong);
        Files.setLastModifiedTime(
                settings.keys().own(), FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(driver.reach()).isInstanceOf(Reach.Silent.class);
        assertThat(driver.look(path("f"))).isInstanceOf(Seen.Unreachable.class);
        Files.writeString(
                settings.keys().own(), "access-key=%s\nsecret-key=%s\n".formatted(user.accessKey(), user.secretKey()));
        assertThat(driver.reach()).isEqualTo(new Reach.Answers());
    }

    @Test
    void aSecretThatAllMayReadIsNotUsed() throws IOException {
        Path open = store.secret(user.accessKey() + "\n" + user.secretKey());
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        try (S3Driver careless = Store.driver(withSecret(open))) {
            assertThat(careless.initialise(false))
                    .isInstanceOfSatisfying(
                            Initialised.Refused.class,
                            r -> assertThat(r.why()).contains("chmod 600").doesNotContain(user.secretKey()));
        }
    }

    @Test
    void aBucketThatIsGoneIsSilentAndNoEmptyElement() {
        write("f", new byte[] {1});
        try (S3Client owner = store.owner()) {
            owner.listObjectsV2(l -> l.bucket(store.bucket()))
                    .contents()
                    .forEach(o ->
                            owner.deleteObject(d -> d.bucket(store.bucket()).key(o.key())));
            owner.deleteBucket(d -> d.bucket(store.bucket()));
        }
        assertThat(driver.reach())
                .isInstanceOfSatisfying(
                        Reach.Silent.class, s -> assertThat(s.why()).contains("no bucket"));
        assertThat(driver.look(path("f"))).isInstanceOf(Seen.Unreachable.class);
        assertThat(write("g", new byte[] {1})).isInstanceOf(Written.Refused.class);
        assertThat(driver.release(path("f"))).isInstanceOf(Removed.Unknown.class);
        assertThat(driver.initialise(false))
                .isInstanceOfSatisfying(
                        Initialised.Refused.class, r -> assertThat(r.why()).contains("no bucket"));
    }

    @Test
    void whatStandsThereIsAnAnswerWithRightAndWithWrongBytes() throws IOException {
        byte[] bytes = S3Contract.random(1_000);
        write("f", bytes);
        assertThat(write("f", bytes)).isEqualTo(new Written.Occupied(new ByteSize(1_000)));
        assertThat(write("f", new byte[1_000])).isEqualTo(new Written.Occupied(new ByteSize(1_000)));
        assertThat(read("f")).isEqualTo(bytes);
    }

    @Test
    void aFullQuotaRefusesAndLeavesNothing() {
        assertThat(write("first", S3Contract.random(1_000_000))).isInstanceOf(Written.Done.class);
        ceph.quota(user, 2_000_000);
        for (int size : List.of(3_000_000, 2 * (int) Store.PART)) {
            assertThat(write("f" + size, S3Contract.random(size)))
                    .isInstanceOfSatisfying(
                            Written.Refused.class, r -> assertThat(r.why()).contains("QuotaExceeded", "quota is full"));
            assertThat(driver.look(path("f" + size))).isEqualTo(new Seen.Absent());
        }
        try (S3Client owner = store.owner()) {
            assertThat(owner.listMultipartUploads(l -> l.bucket(store.bucket())).uploads())
                    .isEmpty();
        }
    }

    @Test
    void aBucketThatCannotLockIsRefusedWhereALockIsAskedFor() {
        S3Settings locking = new S3Settings(
                settings.endpoint(),
                settings.place(),
                settings.keys(),
                settings.partBytes(),
                OptionalInt.of(30),
                settings.answersWithin(),
                settings.kept());
        try (S3Driver archive = Store.driver(locking)) {
            assertThat(archive.initialise(false))
                    .isInstanceOfSatisfying(
                            Initialised.Refused.class,
                            r -> assertThat(r.why()).contains("lock-days", "no object lock", store.bucket()));
        }
    }

    @Test
    void aBucketWhoseVersioningWasSuspendedIsRefused() {
        try (S3Client owner = store.owner()) {
            for (BucketVersioningStatus status :
                    List.of(BucketVersioningStatus.ENABLED, BucketVersioningStatus.SUSPENDED)) {
                owner.putBucketVersioning(v -> v.bucket(store.bucket()).versioningConfiguration(c -> c.status(status)));
            }
        }
        assertThat(driver.initialise(false))
                .isInstanceOfSatisfying(
                        Initialised.Refused.class, r -> assertThat(r.why()).contains("enable its versioning"));
    }

    @Test
    void versionsThatBeganBehindOurBackMakeAReleaseUnknown() {
        write("f", new byte[] {1});
        try (S3Client owner = store.owner()) {
            owner.putBucketVersioning(v ->
                    v.bucket(store.bucket()).versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
        }
        assertThat(driver.release(path("f"))).isInstanceOf(Removed.Unknown.class);
        assertThat(driver.initialise(false)).isInstanceOf(Initialised.Known.class);
        assertThat(driver.look(path("f"))).isInstanceOf(Seen.Present.class);
        assertThat(driver.release(path("f"))).isEqualTo(new Removed.Done());
        assertThat(driver.look(path("f"))).isEqualTo(new Seen.Absent());
    }

    private Written write(String name, byte[] bytes) {
        return driver.write(path(name), new ByteSize(bytes.length), new ByteArrayInputStream(bytes));
    }

    /** Writes, and lets something happen once so many bytes were taken from the stream. */
    private Written write(String name, byte[] bytes, int after, Runnable event) {
        InputStream eventful = new ByteArrayInputStream(bytes) {
            private boolean happened;

            @Override
            public synchronized int read() {
                happen();
                return super.read();
            }

            @Override
            public synchronized int read(byte[] into, int from, int length) {
                happen();
                return super.read(into, from, length);
            }

            private void happen() {
                if (!happened && pos >= after) {
                    happened = true;
                    event.run();
                }
            }
        };
        return driver.write(path(name), new ByteSize(bytes.length), eventful);
    }

    private byte[] read(String name) throws IOException {
        try (InputStream in = driver.open(path(name))) {
            return in.readAllBytes();
        }
    }

    private static StoragePath path(String text) {
        return new StoragePath(text);
    }

    private S3Settings withSecret(Path file) {
        return new S3Settings(
                settings.endpoint(),
                settings.place(),
                new S3Settings.Keys(file, Optional.empty()),
                settings.partBytes(),
                settings.lockDays(),
                settings.answersWithin(),
                settings.kept());
    }

    private static S3Settings within(Duration time, S3Settings settings) {
        return new S3Settings(
                settings.endpoint(),
                settings.place(),
                settings.keys(),
                settings.partBytes(),
                settings.lockDays(),
                time,
                settings.kept());
    }
}
