package holdfast.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.crash.Failpoints.Chosen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a house with SIGKILL before and after every method of every port, starts it again on what is left, and looks.
 * {@code holdfast.crash.point} names one failpoint, {@code holdfast.crash.more} how many seeded later passings are tried.
 */
@Tag("alone")
class CrashTest {
    private static final int AT_ONCE = 2;
    private static final int MORE = Integer.getInteger("holdfast.crash.more", 6);
    private static final long SEED = Long.getLong("holdfast.crash.seed", 1);
    private static final Optional<String> ONE =
            Optional.of(System.getProperty("holdfast.crash.point", "")).filter(p -> !p.isEmpty());

    /** Methods that the scenario does not come to, and why. */
    private static final Map<String, String> NOT_REACHED = Map.of(
            "ElementDriver.space()", "only the round of alarms asks for it, and the scenario takes none",
            "ElementDriver.readableAt(StoragePath,Duration)",
                    "folders offer no such address, and the scenario has no other",
            "ElementDriver.list(Consumer,Consumer)",
                    "the house asks for no foreign files; its listings take the other form",
            "Statement.executeUpdate(String)", "no class of the house calls it");

    @TempDir
    Path folder;

    @Test
    void aKillAtAnyPointLosesNothingAndTheWorkGoesOn() throws Exception {
        long began = System.nanoTime();
        Archive archive = Archive.in(folder);
        Trial.Result whole = Trial.at(Chosen.NONE, archive, trial());
        assertThat(whole.broken()).as("nothing was killed").isEmpty();
        Map<String, Integer> passed = new TreeMap<>(whole.heard().passed);
        everyPointIsReached(passed);
        List<Trial.Result> results = all(ONE.map(Chosen::parse).map(List::of).orElseGet(() -> chosen(passed)), archive);
        tell(results, passed, (System.nanoTime() - began) / 1_000_000_000);
        assertThat(results.stream().filter(r -> !r.broken().isEmpty()).map(CrashTest::replay))
                .isEmpty();
        assertThat(results).as("killed").allMatch(r -> r.heard().killed);
    }

    private static void everyPointIsReached(Map<String, Integer> passed) {
        TreeSet<String> missed = new TreeSet<>(Port.points());
        missed.removeAll(passed.keySet());
        NOT_REACHED.keySet().forEach(call -> {
            assertThat(missed.remove(Port.before(call)))
                    .as("%s is reached now", call)
                    .isTrue();
            missed.remove(Port.after(call));
        });
        assertThat(missed).as("failpoints that the scenario does not reach").isEmpty();
        assertThat(Port.points()).as("failpoints that no port lists").containsAll(passed.keySet());
    }

    /** The first passing of each point, and some later ones. */
    private static List<Chosen> chosen(Map<String, Integer> passed) {
        List<Chosen> chosen = new ArrayList<>();
        passed.keySet().forEach(point -> chosen.add(new Chosen(point, 1)));
        Random random = new Random(SEED);
        List<String> often =
                passed.keySet().stream().filter(p -> passed.get(p) > 1).toList();
        for (int i = 0; i < MORE; i++) {
            String point = often.get(random.nextInt(often.size()));
            chosen.add(new Chosen(point, 2 + random.nextInt(passed.get(point) - 1)));
        }
        return chosen;
    }

    private List<Trial.Result> all(List<Chosen> points, Archive archive) throws Exception {
        List<Future<Trial.Result>> running = new ArrayList<>();
        List<Trial.Result> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Chosen point : points) {
                running.add(threads.submit(() -> Trial.at(point, archive, trial())));
            }
            for (Future<Trial.Result> each : running) {
                results.add(each.get());
            }
        }
        return results;
    }

    private Path trial() throws Exception {
        return Files.createTempDirectory(folder, "trial");
    }

    private static void tell(List<Trial.Result> results, Map<String, Integer> passed, long seconds) {
        int calls = Port.ALL.stream().mapToInt(p -> p.methods().size()).sum();
        System.out.printf(
                "crash: %d failpoints at %d methods of %d ports, %d reached; %d kills, %d acknowledgements kept; %d"
                        + " s%n",
                Port.points().size(),
                calls,
                Port.ALL.size(),
                passed.size(),
                results.stream().filter(r -> r.heard().killed).count(),
                results.stream().mapToInt(r -> r.heard().acknowledged()).sum(),
                seconds);
        results.stream().filter(r -> !r.broken().isEmpty()).forEach(r -> System.out.println(replay(r)));
    }

    private static String replay(Trial.Result result) {
        return "%s%n  replay: make crash POINT='%s'%n  %s"
                .formatted(result.point(), result.point(), String.join(System.lineSeparator() + "  ", result.broken()));
    }
}
