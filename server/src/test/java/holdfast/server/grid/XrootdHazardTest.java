package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.webdav.WebDavDriver;
import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many writers, movers and removers at once at a server whose connections are also ended rudely by others: whatever the server mixes
 * up, no name may hold the bytes of another. {@code -Dhazard.files} is how many names each of twelve writers has (12),
 * {@code -Dhazard.strangers} how many rude strangers come (4).
 */
@Tag("grid")
class XrootdHazardTest {
    private static final int WRITERS = 12;
    private static final int MOST_BYTES = 20_000;

    @TempDir
    Path folder;

    /** What each name may hold, by its path: all bytes that somebody tried to write there. */
    private final ConcurrentMap<String, List<byte[]>> tried = new ConcurrentHashMap<>();
    /** What each name has to hold, once its writer was told that it is done. */
    private final ConcurrentMap<String, byte[]> done = new ConcurrentHashMap<>();

    private final Map<String, AtomicInteger> outcomes = new ConcurrentSkipListMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void noNameEverHoldsTheBytesOfAnother(String scheme) throws Exception {
        TestAuthority authority = TestAuthority.in(folder.resolve("authority"));
        try (Xrootd server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN)) {
            URI root = URI.create(server.root(scheme) + "/element");
            try (WebDavDriver driver = Remote.marked(root, authority, Bearer.NONE, Duration.ofSeconds(5), 10);
                    RudeStrangers strangers = new RudeStrangers(server.root(scheme), authority)) {
                strangers.come(Integer.getInteger("hazard.strangers", 4));
                allAtOnce(driver, server);
                count("strangers' visits", strangers.visits());
            }
            report(scheme, server);
            requireOwnBytes(server.files().resolve("element"));
        }
    }

    private void allAtOnce(WebDavDriver driver, Xrootd server) throws Exception {
        List<Callable<Void>> writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> (Callable<Void>) () -> {
                    Random random = new Random(writer);
                    for (int file = 0; file < Integer.getInteger("hazard.files", 12); file++) {
                        server.reviveIfDead();
                        one(driver, "writer%d/file%d".formatted(writer, file), random);
                    }
                    return null;
                })
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
    }

    /** Writes a file, reads some of them, and writes others a second time after a removal. */
    private void one(WebDavDriver driver, String name, Random random) {
        write(driver, name, random);
        if (random.nextInt(3) == 0 && released(driver, name)) {
            write(driver, name, random);
        }
        if (random.nextInt(3) == 0 && driver.look(path(name)) instanceof Seen.Present there) {
            byte[] expected = done.get(name);
            assertThat(expected == null || there.size().bytes() == expected.length)
                    .as(name)
                    .isTrue();
        }
    }

    private void write(WebDavDriver driver, String name, Random random) {
        byte[] bytes = new byte[1 + random.nextInt(MOST_BYTES)];
        random.nextBytes(bytes);
        tried.computeIfAbsent(name, n -> new java.util.concurrent.CopyOnWriteArrayList<>())
                .add(bytes);
        Written written = driver.write(path(name), new ByteSize(bytes.length), new ByteArrayInputStream(bytes));
        count("write " + written.getClass().getSimpleName(), 1);
        switch (written) {
            case Written.Done _ -> done.put(name, bytes);
            case Written.Refused refused -> count("  " + plain(refused.why()), 1);
            case Written.Unknown unknown -> count("  " + plain(unknown.why()), 1);
            case Written.Occupied _ -> {}
        }
    }

    /** Whether nothing stands there now; what is not known any more is expected by nobody. */
    private boolean released(WebDavDriver driver, String name) {
        done.remove(name);
        Removed removed = driver.release(path(name));
        count("release " + removed.getClass().getSimpleName(), 1);
        if (removed instanceof Removed.Unknown unknown) {
            count("  " + plain(unknown.why()), 1);
        }
        return removed instanceof Removed.Done;
    }

    private void requireOwnBytes(Path element) throws IOException {
        Map<String, byte[]> there = new TreeMap<>();
        try (Stream<Path> files = Files.walk(element)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = element.relativize(file).toString();
                if (!name.startsWith(".holdfast")) {
                    there.put(name, Files.readAllBytes(file));
                }
            }
        }
        assertThat(new TreeSet<>(tried.keySet())).as("nobody wrote other names").containsAll(there.keySet());
        there.forEach((name, bytes) -> assertThat(tried.get(name))
                .as("%s holds bytes that were meant for it", name)
                .anyMatch(one -> Arrays.equals(one, bytes)));
        done.forEach((name, bytes) ->
                assertThat(there.get(name)).as("%s is as it was written", name).isEqualTo(bytes));
    }

    private void count(String what, int by) {
        outcomes.computeIfAbsent(what, w -> new AtomicInteger()).addAndGet(by);
    }

    /** Without what differs from file to file. */
    private static String plain(String why) {
        return why.replaceAll("[0-9a-f-]{30,}", "...").replaceAll("\\d+", "#");
    }

    private void report(String scheme, Xrootd server) throws IOException {
        if (Boolean.getBoolean("hazard.tell")) {
            String complaints = server.log()
                    .lines()
                    .filter(line -> line.contains("Link:") || line.contains("Poll:"))
                    .map(line -> plain(line.replaceAll("^.*(Link|Poll):", "$1:").replaceAll("unknown.*", "")))
                    .collect(Collectors.groupingBy(line -> line, TreeMap::new, Collectors.counting()))
                    .toString();
            System.out.println(
                    "%s: %s; died %d times; it said %s".formatted(scheme, outcomes, server.deaths(), complaints));
        }
    }

    private static StoragePath path(String text) {
        return new StoragePath(text);
    }
}
