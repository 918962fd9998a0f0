package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.drivers.Disk;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.keeping.SigningKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three equal nodes, each a process, on one database and the same storage elements. One is killed with -9 while it works,
 * one stands still (SIGSTOP) past its leases with bytes written and not recorded, one with bytes read and not recorded.
 * Effort may be spent twice; nothing may take effect twice.
 */
class SeveralNodesTest {
    private static final int OWN = 48;
    private static final int COMMON = 24;
    private static final int LATER = 12;
    /** How long a slow machine may take for what is waited for; nothing is shown by it. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int FILES = 3 * OWN + COMMON + LATER;

    @TempDir
    Path folder;

    private final List<Node> nodes = new ArrayList<>();
    private TestDatabase database;

    @BeforeEach
    void prepare() throws IOException, GeneralSecurityException {
        database = TestDatabase.migrated();
        Path elements = folder.resolve("elements");
        for (String name : List.of("lab.yaml", "lab-sites.yaml", "lab-policy.yaml")) {
            try (InputStream in = Laboratory.class.getResourceAsStream("/lab/" + name)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                Files.writeString(folder.resolve(name), text.replace("root: elements", "root: " + elements));
            }
        }
        SigningKey.in(folder.resolve("keys"), new Disk());
    }

    @AfterEach
    void end() {
        nodes.forEach(Node::kill);
        database.close();
    }

    @Test
    void nothingTakesEffectTwiceWhenNodesDieOrComeLate() throws Exception {
        Node first = node("first");
        Node second = node("second");
        Node third = node("third");

        // All take files in, some of them the same ones. The first dies in the middle of it.
        second.tell("hold writeAll NEAR-RAW");
        for (Node node : nodes) {
            node.tell("send " + node.name + " " + OWN);
            node.tell("send common " + COMMON);
        }
        first.await(0, "registered .*", 30);
        first.kill();
        second.awaitLine("holding writeAll NEAR-RAW");
        second.pause();
        third.awaitLine("sent third.*", "sent common.*");
        // What the first left unsent is sent to another node, as its user would; what it registered is there.
        third.tell("send first " + OWN);
        third.awaitLine("sent first.*");
        third.tell("send second " + OWN);
        third.awaitLine("sent second.*");
        third.awaitQuiet();

        // The second wakes with bytes that it wrote, and whose demands others have finished.
        second.goOn();
        second.tell("go");
        second.awaitLine("sent second.*", "sent common.*");
        second.awaitQuiet();
        second.awaitFigure("late-arrivals");

        // One of the two stands still with copies read and not recorded, past its lease of the element.
        second.tell("hold openPastCaches HOME-RAW");
        third.tell("hold openPastCaches HOME-RAW");
        third.tell("inspect HOME-RAW");
        Node late = whoHolds("holding openPastCaches HOME-RAW", second, third);
        Node awake = late == second ? third : second;
        awake.tell("go");
        late.pause();
        awake.tell("send later " + LATER);
        awake.awaitLine("sent later.*");
        awake.awaitQuiet();
        await("select count(*) = 0 from copy c, memory m where m.name = 'scrub-asked:HOME-RAW' and c.storage_id ="
                + " (select id from word where kind = 'E' and text = 'HOME-RAW') and c.proof_at < m.at");
        late.goOn();
        late.tell("go");
        late.awaitFigure("late-recordings");
        late.awaitQuiet();

        everyFileHasExactlyItsCopies();
        noPathWasWrittenTwice();
        assertThat(second.ask("audit"))
                .startsWith(
                        "audit agrees=true verdicts=true arrivals=%d arrived-twice=0 differences=[]".formatted(FILES));
        print(second, third);
    }

    /** The node that holds the lease of an element comes to a point first. */
    private static Node whoHolds(String line, Node... some) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (Node node : some) {
                if (node.said().contains(line)) {
                    return node;
                }
                node.listenAWhile();
            }
            assertThat(System.nanoTime()).as(line).isLessThan(end);
        }
    }

    private void everyFileHasExactlyItsCopies() throws IOException, SQLException {
        assertThat(value("select count(*) from file")).isEqualTo(FILES);
        assertThat(value("select count(*) from demand")).isZero();
        assertThat(value("select count(*) from copy where state = 'P' and writing = 0"))
                .isEqualTo(2L * FILES);
        assertThat(value("select count(*) from copy")).isEqualTo(2L * FILES);
        assertThat(value("select count(*) from (select home, leaf from copy group by 1, 2 having count(*) <> 2) other"))
                .isZero();
        assertThat(onDisk("HOME-RAW")).isEqualTo(FILES);
        assertThat(onDisk("NEAR-RAW") + onDisk("FAR-RAW")).isEqualTo(FILES);
        // Who sent the same name was told by one node that it is registered now; a kill may cut off that one word.
        Map<String, Integer> told = count("registered (.*)");
        assertThat(told).hasSizeBetween(FILES - 8, FILES);
        assertThat(told.values()).containsOnly(1);
    }

    private void noPathWasWrittenTwice() {
        Map<String, Integer> writes = count("Done (.*)");
        assertThat(writes.values()).containsOnly(1);
        assertThat(writes).hasSizeBetween(2 * FILES - 200, 2 * FILES);
    }

    private long onDisk(String element) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("elements").resolve(element))) {
            Path root = folder.resolve("elements").resolve(element);
            return files.filter(Files::isRegularFile)
                    .filter(f -> !root.relativize(f).toString().startsWith("."))
                    .count();
        }
    }

    private Map<String, Integer> count(String pattern) {
        Map<String, Integer> counts = new HashMap<>();
        Pattern wanted = Pattern.compile(pattern);
        for (Node node : nodes) {
            for (String line : node.said()) {
                Matcher found = wanted.matcher(line);
                if (found.matches()) {
                    counts.merge(found.group(1), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    private void print(Node second, Node third) throws Exception {
        long stoodThere = nodes.stream()
                .flatMap(n -> n.said().stream())
                .filter(l -> l.startsWith("Occupied"))
                .count();
        System.out.printf(
                "three nodes: %d files, %d copies; effort twice: %d arrivals refused as late (%d bytes carried in"
                        + " vain), %d recordings of inspections refused, %d writes found their bytes standing; effects"
                        + " twice: 0%n",
                FILES,
                2 * FILES,
                second.figure("late-arrivals") + third.figure("late-arrivals"),
                second.figure("bytes-in-vain") + third.figure("bytes-in-vain"),
                second.figure("late-recordings") + third.figure("late-recordings"),
                stoodThere);
    }

    private long value(String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void await(String condition) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (value("select (" + condition + ")::int") == 0) {
            assertThat(System.nanoTime()).as(condition).isLessThan(end);
            // The database waits for us: a look every 50 ms.
            value("select 1 from pg_sleep(0.05)");
        }
    }

    private Node node(String name) throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve(name));
        Files.createDirectory(data.resolve("keys"));
        for (String file : List.of("journal.key", "journal.pub")) {
            Files.copy(
                    folder.resolve("keys").resolve(file), data.resolve("keys").resolve(file));
        }
        Node node = new Node(name, data);
        nodes.add(node);
        node.awaitLine("ready.*");
        return node;
    }

    /** A node and what it said. */
    private final class Node {
        private final String name;
        private final Path data;
        private final Process process;
        private final List<String> all = new ArrayList<>();

        Node(String name, Path data) throws IOException {
            this.name = name;
            this.data = data;
            String url = database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?") + "user=" + database.user()
                    + "&password=" + database.password();
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-Dholdfast.lease.seconds=3",
                            "-cp",
                            System.getProperty("java.class.path"),
                            NodeProcess.class.getName(),
                            data.toString(),
                            folder.resolve("lab.yaml").toString(),
                            database.user().isEmpty() ? database.jdbcUrl() : url)
                    .redirectError(data.resolve("errors.txt").toFile())
                    .start();
            Thread.ofVirtual().start(this::listen);
        }

        private void listen() {
            try (BufferedReader words = process.inputReader()) {
                for (String line = words.readLine(); line != null; line = words.readLine()) {
                    hear(line);
                }
            } catch (IOException e) {
                hear("end " + e.getMessage());
            }
        }

        private void hear(String line) {
            synchronized (all) {
                all.add(line);
                all.notifyAll();
            }
        }

        List<String> said() {
            synchronized (all) {
                return List.copyOf(all);
            }
        }

        void tell(String order) {
            try {
                process.outputWriter().write(order + "\n");
                process.outputWriter().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(name + " does not listen: " + order, e);
            }
        }

        void listenAWhile() throws InterruptedException {
            synchronized (all) {
                all.wait(20);
            }
        }

        /** Tells it something, and waits for its answer. */
        String ask(String order) throws InterruptedException {
            int before = said().size();
            tell(order);
            return await(before, order + " .*", 1);
        }

        /** Waits until it has said a line of each kind, now or before. */
        void awaitLine(String... patterns) throws InterruptedException {
            for (String pattern : patterns) {
                await(0, pattern, 1);
            }
        }

        /** Waits for the nth line of a kind, from one line on. */
        String await(int from, String pattern, int nth) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            Pattern wanted = Pattern.compile(pattern);
            int looked = from;
            int found = 0;
            synchronized (all) {
                while (true) {
                    for (; looked < all.size(); looked++) {
                        found += wanted.matcher(all.get(looked)).matches() ? 1 : 0;
                        if (found == nth) {
                            return all.get(looked);
                        }
                    }
                    assertThat(System.nanoTime())
                            .as(() -> name + " did not say " + pattern + "; " + errors())
                            .isLessThan(end);
                    all.wait(1_000);
                }
            }
        }

        private String errors() {
            try {
                List<String> lines = Files.readAllLines(data.resolve("errors.txt"));
                return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        }

        /** Waits until nothing is left to do in the whole house. */
        void awaitQuiet() throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            String progress = ask("progress");
            while (!progress.endsWith("quiet=true]")) {
                assertThat(System.nanoTime()).as(progress).isLessThan(end);
                progress = ask("progress");
            }
        }

        long figure(String which) throws InterruptedException {
            Matcher found = Pattern.compile(".* " + which + "=([0-9]+).*").matcher(ask("figures"));
            assertThat(found.matches()).isTrue();
            return Long.parseLong(found.group(1));
        }

        void awaitFigure(String which) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (figure(which) == 0) {
                assertThat(System.nanoTime()).as(which).isLessThan(end);
            }
        }

        void pause() throws IOException, InterruptedException {
            signal("STOP");
        }

        void goOn() throws IOException, InterruptedException {
            signal("CONT");
        }

        private void signal(String signal) throws IOException, InterruptedException {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(code).isZero();
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }
    }
}
