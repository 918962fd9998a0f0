package holdfast.server.simulation;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays seeds until one fails; loaded together with a mutant, and therefore spoken to in words of the JDK only. */
public final class Trial {
    private Trial() {}

    /**
     * Plays the seeds that failed once, then seeds of one kind of weather.
     *
     * @param database its address, user and password
     * @param most how many seeds are played, from 1 on
     * @return the first that failed and what it showed; empty when none did
     */
    public static Optional<String> firstFailure(String[] database, String weather, int most) throws SQLException {
        try (Setting setting = Setting.read();
                Lane lane = new Lane(database[0], database[1], database[2])) {
            List<Play> plays = new ArrayList<>(Play.pastFailures());
            for (long seed = 1; seed <= most; seed++) {
                plays.add(Play.parse(weather + ":" + seed));
            }
            for (Play seed : plays) {
                Simulation.Outcome outcome = Simulation.play(seed, setting, lane);
                if (!outcome.isGood()) {
                    return Optional.of(
                            "seed " + seed + ": " + outcome.violations().getFirst());
                }
            }
        }
        return Optional.empty();
    }
}
