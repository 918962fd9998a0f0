package holdfast.server.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Listed;
import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every driver promises. Each driver, and the fake, runs all of it. */
public abstract class StorageDriverContract {

    /** The driver under test, over an element that is empty and answers. */
    protected abstract StorageDriver driver();

    /** Takes the element away, as a lost mount does; the bytes stay. */
    protected abstract void silence() throws IOException;

    /** Brings the element back. */
    protected abstract void bringBack() throws IOException;

    /** Whether a path can only lie below folders; an object store has names and no folders. */
    protected boolean hasFolders() {
        return true;
    }

    @Test
    void anEmptyElementAnswersAndHoldsNothing() throws IOException {
        assertThat(driver().reach()).isEqualTo(new Reach.Answers());
        assertThat(listed()).isEmpty();
        assertThat(driver().look(path("a/b"))).isEqualTo(new Seen.Absent());
    }

    @Test
    void whatIsWrittenCanBeSeenAndReadBack() throws IOException {
        assertThat(write("raw/e1/file.root", bytes("hello"))).isInstanceOf(Written.Done.class);
        assertThat(size(driver().look(path("raw/e1/file.root")))).isEqualTo(5);
        assertThat(readOnline("raw/e1/file.root")).isEqualTo(bytes("hello"));
        assertThat(listed()).containsExactly("raw/e1/file.root");
    }

    @Test
    void aFileLargerThanEveryBufferComesBackWhole() throws IOException {
        byte[] large = new byte[3 * DigestPass.BUFFER + 12_345];
        new Random(7).nextBytes(large);
        assertThat(write("large", large)).isInstanceOf(Written.Done.class);
        assertThat(readOnline("large")).isEqualTo(large);
        try (InputStream past = driver().openPastCaches(path("large"))) {
            assertThat(past.readAllBytes()).isEqualTo(large);
        }
    }

    @Test
    void bytesCanBeReadFromAnyOfThemOn() throws IOException {
        byte[] large = new byte[DigestPass.BUFFER + 77];
        new Random(7).nextBytes(large);
        write("part", large);
        driver().recall(List.of(path("part")));
        for (int from : new int[] {0, 1, DigestPass.BUFFER, large.length}) {
            try (InputStream bytes = driver().openFrom(path("part"), from)) {
                assertThat(bytes.readAllBytes()).isEqualTo(Arrays.copyOfRange(large, from, large.length));
            }
        }
        assertThatThrownBy(
                        () -> driver().openFrom(path("part"), large.length + 1).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void nothingIsEverOverwritten() throws IOException {
        write("f", bytes("first"));
        assertThat(write("f", bytes("second one"))).isEqualTo(new Written.Occupied(new ByteSize(5)));
        assertThat(readOnline("f")).isEqualTo(bytes("first"));
    }

    @Test
    void ofAHundredWritersOfOnePathExactlyOneIsDone() throws Exception {
        List<Callable<Written>> writers = Collections.nCopies(100, () -> write("same/path", bytes("identical")));
        List<Written> answers = inParallel(writers);
        assertThat(answers).filteredOn(Written.Done.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(a -> !(a instanceof Written.Done))
                .containsOnly(new Written.Occupied(new ByteSize(9)));
        assertThat(listed()).containsExactly("same/path");
    }

    @Test
    void manyWritersInOneNewFolderAllSucceed() throws Exception {
        List<Callable<Written>> writers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "new/folder/%d/f%d".formatted(i % 5, i);
            writers.add(() -> write(name, bytes(name)));
        }
        assertThat(inParallel(writers)).allMatch(Written.Done.class::isInstance);
        assertThat(listed()).hasSize(100);
    }

    @Test
    void aStreamShorterThanAnnouncedIsRefusedAndLeavesNothing() throws IOException {
        assertThat(write("f", 6, stream("hello"))).isInstanceOf(Written.Refused.class);
        assertThat(driver().look(path("f"))).isEqualTo(new Seen.Absent());
        assertThat(listed()).isEmpty();
    }

    @Test
    void aStreamLongerThanAnnouncedIsRefusedAndLeavesNothing() throws IOException {
        assertThat(write("f", 4, stream("hello"))).isInstanceOf(Written.Refused.class);
        assertThat(write("g", 0, stream("hello"))).isInstanceOf(Written.Refused.class);
        assertThat(listed()).isEmpty();
    }

    @Test
    void aStreamThatFailsIsRefusedAndLeavesNothing() throws IOException {
        InputStream failing = new InputStream() {
            private int left = 3;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("the source went away");
                }
                return 'x';
            }
        };
        assertThat(write("f", 10, failing))
                .isInstanceOfSatisfying(
                        Written.Refused.class, r -> assertThat(r.why()).contains("went away"));
        assertThat(driver().look(path("f"))).isEqualTo(new Seen.Absent());
        assertThat(write("f", bytes("then right"))).isInstanceOf(Written.Done.class);
    }

    @Test
    void bytesOnTheirWayAreSeenByNobody() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        InputStream slow = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given == 5) {
                    half.countDown();
                    await(goOn);
                }
                return given++ < 10 ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int one = read();
                if (one < 0) {
                    return -1;
                }
                bytes[from] = (byte) one;
                return 1;
            }
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Written> answer = threads.submit(() -> write("slow", 10, slow));
            half.await();
            assertThat(driver().look(path("slow"))).isEqualTo(new Seen.Absent());
            assertThat(listed()).isEmpty();
            goOn.countDown();
            assertThat(answer.get()).isInstanceOf(Written.Done.class);
        }
        assertThat(listed()).containsExactly("slow");
    }

    @Test
    void aFileOfZeroBytesIsAFile() throws IOException {
        assertThat(write("empty", new byte[0])).isInstanceOf(Written.Done.class);
        assertThat(size(driver().look(path("empty")))).isZero();
        assertThat(readOnline("empty")).isEmpty();
    }

    @Test
    void namesOfTheFieldsLengthAndAnyScriptAreKept() throws IOException {
        List<String> names = List.of(
                "n".repeat(250),
                "d/".repeat(60) + "deep",
                "データ/ベル 二/größe\u2009€.root",
                "\uD83D\uDE80/rocket",
                " leading and trailing ",
                "a%2F\"b'c\\d*",
                "what?",
                "-rf");
        for (String name : names) {
            if (canKeep(name)) {
                assertThat(write(name, bytes(name))).as(name).isInstanceOf(Written.Done.class);
                assertThat(readOnline(name)).isEqualTo(bytes(name));
            } else {
                assertThat(write(name, bytes(name))).as(name).isInstanceOf(Written.Refused.class);
                assertThat(driver().look(path(name))).as(name).isEqualTo(new Seen.Absent());
            }
        }
        assertThat(listed())
                .containsExactlyElementsOf(
                        names.stream().filter(this::canKeep).sorted().toList());
    }

    @Test
    void aFileIsNoFolderAndAFolderIsNoFile() throws IOException {
        write("a/b", bytes("x"));
        if (hasFolders()) {
            assertThat(write("a/b/c", bytes("y"))).isInstanceOf(Written.Refused.class);
            assertThat(write("a", bytes("y"))).isNotInstanceOf(Written.Done.class);
        }
        assertThat(driver().look(path("a/b/c"))).isEqualTo(new Seen.Absent());
        assertThatThrownBy(() -> driver().open(path("a")).readAllBytes()).isInstanceOf(IOException.class);
        assertThat(listed()).containsExactly("a/b");
    }

    @Test
    void theDriversOwnNamesCannotBeWritten() throws IOException {
        assertThat(write(".holdfast-element", bytes("x"))).isInstanceOf(Written.Refused.class);
        assertThat(write(".holdfast-incoming/x", bytes("x"))).isInstanceOf(Written.Refused.class);
        assertThat(driver().look(path(".holdfast-element"))).isEqualTo(new Seen.Absent());
        assertThat(write(".canary/1", bytes("canary"))).isInstanceOf(Written.Done.class);
        assertThat(listed()).containsExactly(".canary/1");
    }

    @Test
    void aListingIsWholeAndInTheOrderOfPaths() throws IOException {
        List<NewBytes> requests = new ArrayList<>();
        Random random = new Random(11);
        List<String> separators = List.of("/", ".", "-", "!", "0");
        for (int i = 0; i < many(); i++) {
            String name = "d%d%s%s/f%05d".formatted(random.nextInt(3), pick(separators, random), random.nextInt(6), i);
            requests.add(new NewBytes(path(name), new ByteSize(1), stream("x")));
        }
        assertThat(driver().writeAll(requests)).hasSize(many()).allMatch(Written.Done.class::isInstance);
        List<String> expected =
                requests.stream().map(r -> r.path().path()).sorted().toList();
        assertThat(listed()).containsExactlyElementsOf(expected);
    }

    @Test
    void aBatchAnswersInOrderAndOneBadFileSpoilsNoOther() throws IOException {
        write("taken", bytes("old"));
        List<Written> answers = driver().writeAll(List.of(
                request("a", 1, "x"),
                request("taken", 1, "x"),
                request("short", 2, "x"),
                request("a", 1, "x"),
                request("b/c", 1, "x")));
        assertThat(answers.get(0)).isInstanceOf(Written.Done.class);
        assertThat(answers.get(1)).isEqualTo(new Written.Occupied(new ByteSize(3)));
        assertThat(answers.get(2)).isInstanceOf(Written.Refused.class);
        assertThat(answers.get(3)).isEqualTo(new Written.Occupied(new ByteSize(1)));
        assertThat(answers.get(4)).isInstanceOf(Written.Done.class);
        assertThat(driver().writeAll(List.of())).isEmpty();
        assertThat(listed()).containsExactly("a", "b/c", "taken");
    }

    @Test
    void anElementThatDoesNotAnswerSaysNothingOfItsFiles() throws IOException {
        write("f", bytes("x"));
        silence();
        assertThat(driver().reach()).isInstanceOf(Reach.Silent.class);
        assertThat(driver().look(path("f"))).isInstanceOf(Seen.Unreachable.class);
        assertThat(driver().look(path("never/written"))).isInstanceOf(Seen.Unreachable.class);
        assertThatThrownBy(() -> driver().open(path("f"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> driver().list(each -> {})).isInstanceOf(IOException.class);
        assertThat(write("g", bytes("x"))).isInstanceOf(Written.Refused.class);
        assertThat(driver().release(path("f"))).isInstanceOf(Removed.Unknown.class);
        assertThat(driver().recall(List.of(path("f")))).doesNotContainValue(Recalled.FROM_MEDIUM);
        bringBack();
        assertThat(driver().reach()).isEqualTo(new Reach.Answers());
        assertThat(readOnline("f")).isEqualTo(bytes("x"));
        assertThat(listed()).containsExactly("f");
    }

    @Test
    protected void whatIsReleasedIsGoneAndASecondReleaseFindsNothing() throws IOException {
        write("d/f", bytes("x"));
        write("d/g", bytes("y"));
        assertThat(driver().release(path("d/f"))).isEqualTo(new Removed.Done());
        assertThat(driver().release(path("d/f"))).isEqualTo(new Removed.Absent());
        assertThat(driver().look(path("d/f"))).isEqualTo(new Seen.Absent());
        assertThat(listed()).containsExactly("d/g");
        assertThat(write("d/f", bytes("again"))).isInstanceOf(Written.Done.class);
        assertThat(readOnline("d/f")).isEqualTo(bytes("again"));
    }

    @Test
    void aReleaseOfAFolderRemovesNothing() throws IOException {
        write("d/f", bytes("x"));
        assertThat(driver().release(path("d"))).isNotInstanceOf(Removed.Done.class);
        assertThat(listed()).containsExactly("d/f");
    }

    @Test
    void aRecallAnswersForEveryPathAsked() throws IOException {
        write("f", bytes("x"));
        assertThat(driver().recall(List.of(path("f"), path("nothing"))))
                .containsOnlyKeys(path("f"), path("nothing"))
                .containsEntry(path("nothing"), Recalled.FAILED);
        assertThat(driver().recall(List.of(path("f")))).containsEntry(path("f"), Recalled.ONLINE_ALREADY);
        driver().evict(List.of(path("f")));
        assertThat(readOnline("f")).isEqualTo(bytes("x"));
    }

    /** Whether elements of this kind keep such a name; what they do not they refuse, in words. */
    protected boolean canKeep(String name) {
        return true;
    }

    /** How many files a large listing has. */
    protected int many() {
        return 5_000;
    }

    /** The bytes of a file, recalled first as every reader must. */
    protected byte[] readOnline(String name) throws IOException {
        assertThat(driver().recall(List.of(path(name))).get(path(name)))
                .as(name)
                .isIn(Recalled.FROM_MEDIUM, Recalled.ONLINE_ALREADY);
        try (InputStream in = driver().open(path(name))) {
            return in.readAllBytes();
        }
    }

    protected Written write(String name, byte[] bytes) {
        return write(name, bytes.length, new ByteArrayInputStream(bytes));
    }

    protected Written write(String name, long size, InputStream bytes) {
        return driver().write(path(name), new ByteSize(size), bytes);
    }

    protected List<String> listed() throws IOException {
        List<Listed> all = new ArrayList<>();
        driver().list(all::add);
        return all.stream().map(l -> l.path().path()).toList();
    }

    protected static StoragePath path(String text) {
        return new StoragePath(text);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static InputStream stream(String text) {
        return new ByteArrayInputStream(bytes(text));
    }

    protected static NewBytes request(String name, long size, String text) {
        return new NewBytes(path(name), new ByteSize(size), stream(text));
    }

    protected static long size(Seen seen) {
        return switch (seen) {
            case Seen.Present present -> present.size().bytes();
            case Seen.Absent _ -> throw new AssertionError("absent");
            case Seen.Unreachable silent -> throw new AssertionError(silent.why());
        };
    }

    private static <T> List<T> inParallel(List<Callable<T>> work) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
