package holdfast.server.simulation;

import java.util.Random;

/**
 * How bad it gets in one seed, each a probability at the moment it names.
 *
 * @param acts how many things the hand does before it lets the house come to rest
 * @param strikes of an act: the adversary does something to an element or a node
 * @param stalls of a pause: the answer is late by minutes to days
 * @param leaps of an act: hours or days pass after it
 */
record Weather(
        Kind kind,
        int files,
        int nodes,
        int acts,
        double strikes,
        double atDriver,
        double atConnection,
        double inTransaction,
        double stalls,
        double unknownCommits,
        double deathsAtCommit,
        double leaps) {

    /** What a seed is mostly about. */
    enum Kind {
        FAIR,
        ROUGH,
        RACES,
        DISASTER,
        AGES
    }

    static Weather of(Random random) {
        int drawn = random.nextInt(10);
        Kind kind = drawn < 1
                ? Kind.FAIR
                : drawn < 4 ? Kind.ROUGH : drawn < 7 ? Kind.RACES : drawn < 8 ? Kind.DISASTER : Kind.AGES;
        return of(kind, random);
    }

    static Weather of(Kind kind, Random random) {
        int files = 2 + random.nextInt(4);
        int nodes = kind == Kind.RACES ? 2 + random.nextInt(2) : 1 + random.nextInt(2);
        double some = 0.5 + random.nextDouble();
        return switch (kind) {
            case FAIR -> new Weather(kind, files, nodes, 70, 0.02, 0.02, 0.02, 0, 0.1, 0.005, 0.002, 0.05);
            case ROUGH ->
                new Weather(
                        kind, files, nodes, 90, 0.15 * some, 0.03, 0.03, 0.002, 0.3, 0.02 * some, 0.01 * some, 0.08);
            case RACES ->
                new Weather(
                        kind,
                        files,
                        nodes,
                        110,
                        0.1 * some,
                        0.15 * some,
                        0.12 * some,
                        0.02 * some,
                        0.3,
                        0.02,
                        0.01,
                        0.03);
            case DISASTER -> new Weather(kind, files, nodes, 90, 0.25 * some, 0.03, 0.03, 0.002, 0.3, 0.03, 0.02, 0.08);
            case AGES -> new Weather(kind, files, nodes, 90, 0.08 * some, 0.03, 0.02, 0, 0.5, 0.02, 0.01, 0.2);
        };
    }
}
