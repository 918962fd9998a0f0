package holdfast.server.simulation;

import holdfast.server.embedded.TestDatabase;
import java.util.List;

/** Plays seeds and tells what happened: each is a number or FROM-TO, of one kind of weather where KIND: stands before. */
final class Replay {
    private Replay() {}

    public static void main(String[] seeds) throws Exception {
        try (Hush hush = new Hush();
                Setting setting = Setting.read();
                TestDatabase database = database();
                Lane lane = new Lane(database.jdbcUrl(), database.user(), database.password())) {
            for (String given : seeds) {
                String[] range = given.split("-", -1);
                Play first = Play.parse(range[0]);
                long last = range.length == 1 ? first.seed() : Long.parseLong(range[1]);
                for (long seed = first.seed(); seed <= last; seed++) {
                    long begun = System.nanoTime();
                    Simulation.Outcome outcome = Simulation.play(new Play(first.kind(), seed), setting, lane);
                    tell(outcome, seeds.length == 1 && range.length == 1, (System.nanoTime() - begun) / 1_000_000);
                }
            }
        }
        System.exit(0);
    }

    static TestDatabase database() {
        return TestDatabase.migrated();
    }

    private static void tell(Simulation.Outcome outcome, boolean whole, long millis) {
        if (whole || !outcome.isGood()) {
            List<String> trace = outcome.trace();
            int from = whole ? 0 : Math.max(0, trace.size() - 10);
            trace.subList(from, trace.size()).forEach(System.out::println);
        }
        System.out.printf(
                "seed %s %s %s hash %08x %d ms%n",
                outcome.seed(), outcome.weather().kind(), outcome.isGood() ? "good" : "BAD", outcome.hash(), millis);
        outcome.violations().forEach(v -> System.out.println("   " + v));
    }
}
