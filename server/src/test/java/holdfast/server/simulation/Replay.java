package holdfast.server.simulation;

import holdfast.server.embedded.TestDatabase;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/** Plays seeds and tells what happened: each is a number or FROM-TO, of one kind of weather where KIND: stands before. */
final class Replay {
    private Replay() {}

    public static void main(String[] seeds) throws Exception {
        Setting setting = Setting.read();
        try (Hush hush = new Hush();
                TestDatabase database = database();
                Lane lane = new Lane(database.jdbcUrl(), database.user(), database.password())) {
            for (String given : seeds) {
                int colon = given.indexOf(':');
                Optional<Weather.Kind> kind =
                        colon < 0 ? Optional.empty() : Optional.of(Weather.Kind.valueOf(given.substring(0, colon)));
                String[] range = given.substring(colon + 1).split("-", -1);
                long last = Long.parseLong(range[range.length - 1]);
                for (long seed = Long.parseLong(range[0]); seed <= last; seed++) {
                    long begun = System.nanoTime();
                    Simulation.Outcome outcome = Simulation.play(seed, kind, setting, lane);
                    tell(outcome, seeds.length == 1 && range.length == 1, (System.nanoTime() - begun) / 1_000_000);
                }
            }
        }
        System.exit(0);
    }

    static TestDatabase database() {
        return TestDatabase.fresh(
                "simulation",
                fresh -> Flyway.configure()
                        .dataSource(fresh.jdbcUrl(), fresh.user(), fresh.password())
                        .load()
                        .migrate());
    }

    private static void tell(Simulation.Outcome outcome, boolean whole, long millis) {
        if (whole || !outcome.isGood()) {
            List<String> trace = outcome.trace();
            int from = whole ? 0 : Math.max(0, trace.size() - 10);
            trace.subList(from, trace.size()).forEach(System.out::println);
        }
        System.out.printf(
                "seed %d %s %s hash %08x %d ms%n",
                outcome.seed(), outcome.weather().kind(), outcome.isGood() ? "good" : "BAD", outcome.hash(), millis);
        outcome.violations().forEach(v -> System.out.println("   " + v));
    }
}
