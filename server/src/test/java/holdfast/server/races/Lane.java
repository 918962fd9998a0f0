package holdfast.server.races;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plays seed after seed of one race on one ground. */
final class Lane {
    /** The name of what is no race. */
    static final String TIME = "time";

    private final Ground ground;
    private OptionalLong end = OptionalLong.empty();
    private long played;

    Lane(Ground ground) {
        this.ground = ground;
    }

    /**
     * An interleaving that broke something.
     *
     * @param trace every step in its order
     */
    record Failure(String race, long seed, Throwable what, String trace) {
        @Override
        public String toString() {
            String where = what instanceof AssertionError
                    ? ""
                    : Arrays.stream(what.getStackTrace())
                            .limit(12)
                            .map(s -> "\n  at " + s)
                            .collect(Collectors.joining());
            return "race %s, seed %d: %s%s\n%s\nreplay: %s".formatted(race, seed, what, where, trace, replay());
        }

        String replay() {
            if (race.equals(TIME)) {
                return "build/maven.sh -o -q -pl server -am test -Dtest=TimeTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dholdfast.time=" + seed;
            }
            return "build/maven.sh -o -q -pl server -am test -Dtest=InterleavingsTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dholdfast.race=" + race + ":" + seed;
        }
    }

    private static String words(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : " " + words(cause));
    }

    /** Plays one seed. */
    Optional<Failure> play(String race, long seed) {
        return play(race, Race.all().get(race), seed);
    }

    Optional<Failure> play(String name, Race race, long seed) {
        try {
            ground.begin();
            race.play(ground, seed);
            return Optional.empty();
        } catch (AssertionError | Ground.Unlawful | RuntimeException e) {
            if (words(e).contains("terminating connection")) {
                throw new IllegalStateException("the database was stopped; that says nothing of the race", e);
            }
            return Optional.of(new Failure(name, seed, e, String.join("\n", ground.trace())));
        }
    }

    /** How many seeds were played. */
    long played() {
        return played;
    }

    /** Ends a play of many seeds at a moment of {@link System#nanoTime}, so that a slow machine's tests end too. */
    Lane until(long moment) {
        end = OptionalLong.of(moment);
        return this;
    }

    private boolean isOver() {
        return end.isPresent() && System.nanoTime() - end.getAsLong() >= 0;
    }

    /** Plays seeds from one (inclusive) to another (exclusive), by a step, until one fails or time is over. */
    Optional<Failure> play(String race, long from, long until, int by) {
        for (long seed = from; seed < until && !isOver(); seed += by) {
            played++;
            Optional<Failure> failure = play(race, seed);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    /** For a class loader of its own, with JDK types alone: the first seed that fails, in words; null when none does. */
    static @Nullable String firstFailure(String[] database, String race, long seeds) throws Exception {
        try (Ground ground = new Ground(database[0], database[1], database[2])) {
            return new Lane(ground)
                    .play(race, 0, seeds, 1)
                    .map(Failure::toString)
                    .orElse(null);
        }
    }
}
