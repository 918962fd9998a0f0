package holdfast.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.house.Foundry;
import holdfast.server.embedded.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Faults planted in a copy of the code, one at a time: the simulation must find every one. */
class MutantsOfTheHouseTest {
    private static final int LANES = 2;
    private static final int MOST_SEEDS = Integer.getInteger("holdfast.simulation.mutant.seeds", 60);

    /** Also those that no run has shown: they must be there to be hunted. */
    @Test
    void canEachBePlanted() {
        assertThat(MutantsOfTheHouse.all())
                .allSatisfy(mutant -> assertThat(mutant.plant()).contains(mutant.wrong()));
    }

    @Test
    void isEachFoundWithinSoManySeeds() throws Exception {
        String only = System.getProperty("holdfast.simulation.mutant", "");
        Map<String, String> found = new ConcurrentSkipListMap<>();
        List<Callable<Void>> hunts = new ArrayList<>();
        List<Mutant> planted =
                Boolean.getBoolean("holdfast.simulation.all") ? MutantsOfTheHouse.all() : MutantsOfTheHouse.shown();
        List<Mutant> mutants =
                planted.stream().filter(m -> m.name().contains(only)).toList();
        for (Mutant mutant : mutants) {
            hunts.add(() -> {
                String word = hunt(mutant);
                found.put(mutant.name(), word);
                System.out.println("mutant '" + mutant + "': " + word);
                return null;
            });
        }
        try (Hush hush = new Hush();
                ExecutorService threads = Executors.newFixedThreadPool(LANES)) {
            for (Future<Void> hunt : threads.invokeAll(hunts)) {
                hunt.get();
            }
        }
        System.out.printf(
                "mutants: %d planted, %d found%n",
                found.size(), found.size() - missed(found).size());
        assertThat(missed(found)).as("faults of the code that no seed noticed").isEmpty();
    }

    private static Map<String, String> missed(Map<String, String> found) {
        Map<String, String> missed = new TreeMap<>(found);
        missed.values().removeIf(word -> !word.startsWith("NOT FOUND"));
        return missed;
    }

    private static String hunt(Mutant mutant) throws Exception {
        long begun = System.nanoTime();
        try (TestDatabase database = Replay.database()) {
            String[] where = {database.jdbcUrl(), database.user(), database.password()};
            Object answer = Foundry.call(
                    mutant.loader(),
                    Trial.class,
                    "firstFailure",
                    where,
                    mutant.weather().name(),
                    MOST_SEEDS);
            String word = ((Optional<?>) Objects.requireNonNull(answer))
                    .map(what -> String.valueOf(what).lines().findFirst().orElse(""))
                    .orElse("NOT FOUND in " + MOST_SEEDS + " seeds");
            return word + " (" + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms)";
        }
    }
}
