package holdfast.server.races;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.embedded.TestDatabase;
import holdfast.server.races.Lane.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A thousand random histories, each advanced past its limits with no fact in between. {@code -Dholdfast.time=SEED}
 * replays one, {@code -Dholdfast.time.seeds=N} plays another number.
 */
@Tag("alone")
class TimeTest {
    private static final int LANES = 2;
    /** A slow machine plays fewer, and says how many. */
    private static final Duration LONGEST = Duration.ofSeconds(Long.getLong("holdfast.time.seconds", 120));

    private static final long SEEDS = Long.getLong("holdfast.time.seeds", 1_000);

    @Test
    void theVerdictThatIsKeptIsTheOneJudgedAnewAtEveryLimit() throws Exception {
        long asked = Long.getLong("holdfast.time", -1);
        long begin = System.nanoTime();
        List<Failure> failures = new ArrayList<>();
        List<PastEveryLimit> plays = new ArrayList<>();
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<Optional<Failure>>> played = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                long first = asked < 0 ? i : asked + i;
                PastEveryLimit play = new PastEveryLimit();
                plays.add(play);
                played.add(lanes.submit(() -> lane(play, first, asked < 0 ? SEEDS : asked + 1)));
            }
            for (Future<Optional<Failure>> one : played) {
                one.get().ifPresent(failures::add);
            }
        }
        long limits = plays.stream().mapToLong(p -> p.counted().limits).sum();
        long moments = plays.stream().mapToLong(p -> p.counted().moments).sum();
        long histories = plays.stream().mapToLong(p -> p.counted().histories).sum();
        System.out.printf(
                "time: %,d histories with %,d changes by time alone, kept and anew compared at %,d moments, %.1f ms"
                        + " each%n",
                histories, limits, moments, (System.nanoTime() - begin) / 1e6 / Math.max(1, histories) * LANES);
        assertThat(failures).isEmpty();
    }

    private static Optional<Failure> lane(PastEveryLimit play, long from, long until) throws Exception {
        try (TestDatabase database = InterleavingsTest.database();
                Ground ground = new Ground(database.jdbcUrl(), database.user(), database.password())) {
            Lane lane = new Lane(ground);
            long end = System.nanoTime() + LONGEST.toNanos();
            for (long seed = from; seed < until && System.nanoTime() - end < 0; seed += LANES) {
                Optional<Failure> failure = lane.play(Lane.TIME, play, seed);
                if (failure.isPresent()) {
                    return failure;
                }
            }
            return Optional.empty();
        }
    }
}
