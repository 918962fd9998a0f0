package holdfast.server.drivers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.drivers.MarkText;
import holdfast.server.drivers.StorageDriverContract;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Foreign;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What the driver for object stores promises of every endpoint, beside what every driver promises. */
abstract class S3Contract extends StorageDriverContract {
    private static final String PREFIX = "lab/";

    @TempDir
    private Path folder;

    private Store store;
    private S3Driver driver;

    /** A new bucket of the endpoint. */
    abstract Store store(Path folder);

    abstract S3Settings settings(Store store);

    /** What docs/storage.md says of the endpoint. */
    abstract Honours honours();

    @BeforeEach
    void markAnElement() {
        store = store(folder);
        driver = Store.driver(settings(store));
        assertThat(driver.initialise(true)).isInstanceOf(Initialised.Marked.class);
    }

    @AfterEach
    void end() {
        if (driver != null) {
            driver.close();
            store.close();
        }
    }

    /** A listing has pages of a thousand. */
    @Override
    protected int many() {
        return 1_100;
    }

    @Override
    protected StorageDriver driver() {
        return driver;
    }

    Store store() {
        return store;
    }

    @Override
    protected boolean hasFolders() {
        return false;
    }

    @Override
    protected void silence() {
        store.relay().cut();
    }

    @Override
    protected void bringBack() {
        store.relay().mend();
    }

    @Test
    void aNameMayBeginLikeAnother() throws IOException {
        write("a/b", bytes("x"));
        assertThat(write("a/b/c", bytes("y"))).isInstanceOf(Written.Done.class);
        assertThat(write("a", bytes("z"))).isInstanceOf(Written.Done.class);
        assertThat(listed()).containsExactly("a", "a/b", "a/b/c");
        assertThat(readOnline("a/b/c")).isEqualTo(bytes("y"));
    }

    @Test
    void anObjectLiesUnderItsOwnNameForEveryClientOfS3() throws IOException {
        write("raw/e1/f", bytes("hello"));
        try (S3Client owner = store.owner();
                InputStream in = owner.getObject(g -> g.bucket(store.bucket()).key(PREFIX + "raw/e1/f"))) {
            assertThat(in.readAllBytes()).isEqualTo(bytes("hello"));
        }
    }

    @Test
    void aBucketWithoutTheMarkIsSilent() {
        write("f", bytes("x"));
        try (S3Client owner = store.owner()) {
            owner.deleteObject(d -> d.bucket(store.bucket()).key(PREFIX + MarkText.FILE));
        }
        assertThat(driver.reach())
                .isInstanceOfSatisfying(
                        Reach.Silent.class, s -> assertThat(s.why()).contains(Store.NAME));
        assertThat(driver.look(path("never"))).isInstanceOf(Seen.Unreachable.class);
        assertThat(write("g", bytes("x"))).isInstanceOf(Written.Refused.class);
        assertThat(driver.release(path("f"))).isInstanceOf(Removed.Unknown.class);
        assertThatThrownBy(() -> driver.list(each -> {})).isInstanceOf(IOException.class);
        assertThat(Store.driver(settings(store)).initialise(false)).isInstanceOf(Initialised.Refused.class);
    }

    @Test
    void aKnownElementKeepsItsIdentityAndNothingOfTheTrialStays() throws IOException {
        Initialised.Known known = (Initialised.Known) driver.initialise(false);
        try (S3Driver again = Store.driver(settings(store))) {
            assertThat(again.initialise(true)).isEqualTo(known);
        }
        assertThat(listed()).isEmpty();
        try (S3Client owner = store.owner()) {
            assertThat(owner.listObjectsV2(l -> l.bucket(store.bucket())).contents())
                    .extracting(o -> o.key())
                    .containsExactly(PREFIX + MarkText.FILE);
            assertThat(owner.listMultipartUploads(l -> l.bucket(store.bucket())).uploads())
                    .isEmpty();
        }
    }

    @Test
    void aPrefixWithSomebodysObjectsIsNotTakenOver() {
        try (S3Client owner = store.owner()) {
            owner.putObject(p -> p.bucket(store.bucket()).key("theirs/thesis.tex"), RequestBody.fromString("x"));
        }
        S3Settings ours = settings(store);
        S3Settings greedy = new S3Settings(
                ours.endpoint(),
                new S3Settings.Place(store.bucket(), "theirs/"),
                ours.keys(),
                ours.partBytes(),
                ours.lockDays(),
                ours.answersWithin(),
                ours.kept());
        try (S3Driver other = Store.driver(greedy)) {
            assertThat(other.initialise(true))
                    .isInstanceOfSatisfying(
                            Initialised.Refused.class, r -> assertThat(r.why()).contains("thesis.tex"));
        }
    }

    @Test
    void aFileInPartsComesBackWhole() throws IOException {
        byte[] large = random(2 * (int) Store.PART + 12_345);
        assertThat(write("parts", large)).isInstanceOf(Written.Done.class);
        assertThat(readOnline("parts")).isEqualTo(large);
        assertThat(write("parts", large)).isEqualTo(new Written.Occupied(new ByteSize(large.length)));
        byte[] exact = random((int) Store.PART);
        assertThat(write("exactly one part", exact)).isInstanceOf(Written.Done.class);
        assertThat(readOnline("exactly one part")).isEqualTo(exact);
    }

    @Test
    void aLargeStreamTooShortOrTooLongIsRefusedAndLeavesNothing() throws IOException {
        for (int size : List.of(1_000_000, 2 * (int) Store.PART)) {
            byte[] bytes = random(size);
            assertThat(write("short", size + 1, new ByteArrayInputStream(bytes)))
                    .isInstanceOfSatisfying(
                            Written.Refused.class, r -> assertThat(r.why()).contains("1 bytes before"));
            assertThat(write("long", size - 1, new ByteArrayInputStream(bytes)))
                    .isInstanceOfSatisfying(
                            Written.Refused.class, r -> assertThat(r.why()).contains("longer"));
        }
        assertThat(listed()).isEmpty();
        try (S3Client owner = store.owner()) {
            assertThat(owner.listMultipartUploads(l -> l.bucket(store.bucket())).uploads())
                    .isEmpty();
        }
    }

    @Test
    void ofTwoServersThatWriteOnePathAtOnceOneIsDone() throws Exception {
        try (S3Driver other = Store.driver(settings(store));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(other.initialise(false)).isInstanceOf(Initialised.Known.class);
            for (int size : List.of(100, 700_000)) {
                List<Callable<Written>> writers = new ArrayList<>();
                byte[] bytes = random(size);
                for (int i = 0; i < 10; i++) {
                    S3Driver writer = i % 2 == 0 ? driver : other;
                    writers.add(() ->
                            writer.write(path("same/" + size), new ByteSize(size), new ByteArrayInputStream(bytes)));
                }
                List<Written> answers = new ArrayList<>();
                for (Future<Written> answer : threads.invokeAll(writers)) {
                    answers.add(answer.get());
                }
                assertThat(answers).filteredOn(Written.Done.class::isInstance).hasSize(1);
                assertThat(answers)
                        .filteredOn(a -> !(a instanceof Written.Done))
                        .containsOnly(new Written.Occupied(new ByteSize(size)));
                assertThat(readOnline("same/" + size)).isEqualTo(bytes);
            }
        }
    }

    @Test
    void whatHasNoStoragePathAsItsNameIsForeign() throws IOException {
        try (S3Client owner = store.owner()) {
            owner.putObject(p -> p.bucket(store.bucket()).key(PREFIX + "folder/"), RequestBody.fromString("x"));
            owner.putObject(p -> p.bucket(store.bucket()).key("beside"), RequestBody.fromString("x"));
        }
        write("f", bytes("x"));
        List<String> foreign = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        driver.list(l -> ours.add(l.path().path()), f -> foreign.add(f.place()));
        assertThat(ours).containsExactly("f");
        assertThat(foreign).containsExactly("folder/");
    }

    @Test
    void leftoversOfAnEarlierStartAreAbortedAndLiveOnesKept() {
        try (S3Client owner = store.owner()) {
            owner.createMultipartUpload(c -> c.bucket(store.bucket()).key(PREFIX + "half"));
            driver.initialise(false);
            assertThat(owner.listMultipartUploads(l -> l.bucket(store.bucket())).uploads())
                    .hasSize(1);
            try (S3Driver later = Store.driver(settings(store), Instant.now().plus(Duration.ofHours(1)))) {
                later.initialise(false);
            }
            assertThat(owner.listMultipartUploads(l -> l.bucket(store.bucket())).uploads())
                    .isEmpty();
        }
    }

    @Test
    void anAddressForAWhileIsReadByAnyHttpClient() throws Exception {
        write("a b/größe", bytes("hello"));
        Optional<URI> address = driver.readableAt(path("a b/größe"), Duration.ofMinutes(5));
        HttpResponse<String> answer;
        try (HttpClient client = HttpClient.newHttpClient()) {
            answer = client.send(
                    HttpRequest.newBuilder(address.orElseThrow()).build(), HttpResponse.BodyHandlers.ofString());
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
        assertThatThrownBy(() -> driver.readableAt(path("nothing"), Duration.ofMinutes(5)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aNameTooLongForTheProtocolIsRefused() throws IOException {
        assertThat(write("d/".repeat(600) + "f", bytes("x")))
                .isInstanceOfSatisfying(
                        Written.Refused.class, r -> assertThat(r.why()).contains("1024"));
        assertThat(listed()).isEmpty();
    }

    @Test
    void aLostAnswerIsFoundOutByTheMarkOfTheWrite() throws IOException {
        byte[] bytes = random(1_000_000);
        InputStream losing = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                store.relay().cutAfterReceiving(0);
                return super.read(into, from, length);
            }
        };
        assertThat(write("f", bytes.length, losing)).isInstanceOf(Written.Unknown.class);
        store.relay().mend();
        assertThat(driver.look(path("f"))).isNotInstanceOf(Seen.Unreachable.class);
    }

    @Test
    void theEndpointHonoursTheConditionWhereTheDocumentationSaysSo() {
        try (S3Access access = access()) {
            Bucket bucket = bucket(access);
            assertThat(Honours.tried(bucket, new PlainShelf(bucket))).isEqualTo(honours());
        }
    }

    @Test
    void theChecksumThatComesBackIsTheOneOfTheSettings() {
        write("small", bytes("hello"));
        write("streamed", random(1_000_000));
        try (S3Access access = access()) {
            Bucket bucket = bucket(access);
            Standing.Detail small =
                    bucket.inspect(PREFIX + "small", Optional.empty()).orElseThrow();
            assertThat(small.answered().crc32().isPresent())
                    .isEqualTo(settings(store).endpoint().modernChecksums());
            for (String name : List.of("small", "streamed")) {
                Standing.Detail seen =
                        bucket.inspect(PREFIX + name, Optional.empty()).orElseThrow();
                assertThat(seen.answered().etag()).as(name).matches("[0-9a-f]{32}");
            }
        }
    }

    private S3Access access() {
        return new S3Access(settings(store), SystemDefaultDnsResolver.INSTANCE);
    }

    private Bucket bucket(S3Access access) {
        S3Settings settings = settings(store);
        return new Bucket(
                access.client(),
                access.streams(),
                settings.place(),
                settings.endpoint().modernChecksums());
    }

    @Test
    void listingsNameNothingOfTheDriversOwn() throws IOException {
        List<Foreign> foreign = new ArrayList<>();
        driver.list(each -> assertThat(each).isNull(), foreign::add);
        assertThat(foreign).isEmpty();
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
