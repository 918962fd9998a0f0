package holdfast.server.races;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.embedded.TestDatabase;
import holdfast.server.races.Lane.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A thousand seeded interleavings of each race. {@code -Dholdfast.race=NAME} plays that race alone, {@code NAME:SEED}
 * replays one interleaving, and {@code -Dholdfast.race.seeds=N} plays another number. A seed that fails is added to the file of past failures, which
 * is replayed first.
 */
@Tag("alone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InterleavingsTest {
    private static final Path PAST = Path.of("src/test/resources/races/past-failures.txt");
    private static final int LANES = 2;
    /** A slow machine plays fewer, and says how many. */
    private static final Duration LONGEST = Duration.ofSeconds(Long.getLong("holdfast.race.seconds", 50));

    private static final long SEEDS = Long.getLong("holdfast.race.seeds", 1_000);

    private final List<TestDatabase> databases = new ArrayList<>();
    private final List<Ground> grounds = new ArrayList<>();

    @BeforeAll
    void begin() throws Exception {
        for (int i = 0; i < LANES; i++) {
            TestDatabase database = database();
            databases.add(database);
            grounds.add(new Ground(database.jdbcUrl(), database.user(), database.password()));
        }
    }

    static TestDatabase database() {
        return TestDatabase.migrated();
    }

    @AfterAll
    void end() throws Exception {
        for (Ground ground : grounds) {
            ground.close();
        }
        databases.forEach(TestDatabase::close);
    }

    private static final String ASKED = System.getProperty("holdfast.race", "");

    static List<String> races() {
        return Race.all().keySet().stream()
                .filter(race -> ASKED.isEmpty() || ASKED.equals(race))
                .toList();
    }

    @Test
    @Order(1)
    void whatEverFailedPasses() throws IOException {
        Lane lane = new Lane(grounds.getFirst());
        List<String> again = new ArrayList<>();
        if (ASKED.contains(":")) {
            again.add(ASKED);
        }
        try (Stream<String> lines = Files.lines(PAST)) {
            lines.filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(again::add);
        }
        List<Failure> failures = again.stream()
                .map(one -> one.split(":"))
                .flatMap(one -> lane.play(one[0], Long.parseLong(one[1])).stream())
                .toList();
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("races")
    @Order(2)
    void noInterleavingBreaksAnything(String race) throws Exception {
        long begin = System.nanoTime();
        List<Failure> failures = new ArrayList<>();
        List<Lane> all = new ArrayList<>();
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<Optional<Failure>>> played = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                Lane lane = new Lane(grounds.get(i)).until(begin + LONGEST.toNanos());
                all.add(lane);
                int first = i;
                played.add(lanes.submit(() -> lane.play(race, first, SEEDS, LANES)));
            }
            for (Future<Optional<Failure>> one : played) {
                one.get().ifPresent(failures::add);
            }
        }
        failures.forEach(InterleavingsTest::keep);
        long count = all.stream().mapToLong(Lane::played).sum();
        System.out.printf(
                "race %-26s %,d interleavings, %.1f ms each%n",
                race, count, (System.nanoTime() - begin) / 1e6 / Math.max(1, count) * LANES);
        assertThat(failures).isEmpty();
    }

    private static void keep(Failure failure) {
        String line = failure.race() + ":" + failure.seed() + "\n";
        try {
            if (!Files.readString(PAST).contains(line)) {
                Files.writeString(PAST, line, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            System.err.println("could not keep " + line + e);
        }
    }
}
