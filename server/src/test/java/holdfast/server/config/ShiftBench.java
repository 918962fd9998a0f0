package holdfast.server.config;

import holdfast.server.sql.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures a shift report, a look around and the judging of one directory at growing numbers of remembered breaches. The
 * rows are made by SQL and no file stands behind them. A program and no test: {@code bench/shift}.
 */
final class ShiftBench {
    private static final int ROUNDS = 11;

    private final House house;

    private ShiftBench(House house) {
        this.house = house;
    }

    /** Arguments: the folder of the plans, then numbers of breaches that ended and as many that stand, growing. */
    public static void main(String[] arguments) throws Exception {
        Path plans = Path.of(arguments[0]);
        Path folder = Files.createTempDirectory("holdfast-bench-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Options.Files files = new Options.Files(
                plans.resolve("belle2.yaml"), plans.resolve("belle2-sites.yaml"), plans.resolve("belle2-policy.yaml"));
        try (House house = House.on(new Options(folder, 0, Optional.of(files), Optional.empty()))) {
            house.watcher.step();
            ShiftBench bench = new ShiftBench(house);
            int before = 0;
            for (int size :
                    Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray()) {
                bench.remember(before, size);
                bench.measure(size);
                before = size;
            }
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(java.util.Comparator.reverseOrder())
                        .forEach(p -> p.toFile().delete());
            }
        }
    }

    private void remember(int from, int until) throws Exception {
        int scope = house.words.number(Words.Kind.SCOPE, "raw");
        long now = house.clock.now().toEpochMilli() * 1_000;
        long old = now - Duration.ofDays(2).toMillis() * 1_000;
        String rows =
                "insert into breach(home, leaf, clause, began, ended, scope_id, name, reasons) select i / 1000, i,"
                        + " 'P-' || (22 + i %% 4), %d, %s, %d, '/bench/' || i, E'MISSING\\tKEK-RAW\\tKEK-RAW: nothing there'"
                        + " from generate_series(%d, %d) i";
        house.database.write(connection -> {
            try (Statement insert = connection.createStatement()) {
                insert.executeUpdate(rows.formatted(old, Long.toString(old + 1), scope, from, until - 1));
                insert.executeUpdate(rows.formatted(old, "null", scope, from, until - 1));
                insert.executeUpdate(
                        "insert into directory(home) select distinct home from breach" + " on conflict do nothing");
                return insert.executeUpdate("analyze breach");
            }
        });
    }

    private void measure(int size) {
        System.out.printf("%,d breaches that ended before the shift, %,d that stand%n", size, size);
        Instant since = house.clock.now().minus(Duration.ofHours(8));
        say("shift report", () -> house.shift.since(since));
        say("a look around", () -> house.alarms.round.step());
        say("judging one directory of no files beside 1,000 + 1,000 rows", this::judge);
    }

    /** In a transaction that is rolled back, so that every round finds the same rows. */
    private void judge() {
        try {
            house.database.write(connection -> {
                try (Statement one = connection.createStatement()) {
                    one.executeUpdate("insert into due(home) values (0)");
                }
                house.homes.attend(
                        connection,
                        0,
                        (found, given) -> holdfast.custody.Custodian.attend(
                                found,
                                given,
                                house.attendant.surroundings(),
                                new holdfast.placement.LoadView(java.util.Map.of(), java.util.Map.of()),
                                house.clock.now()),
                        house.clock.now());
                throw new RolledBack();
            });
        } catch (RolledBack meant) {
            // The rows are as they were.
        }
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static void say(String what, Runnable work) {
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            work.run();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        System.out.printf("  %-62s %10.1f ms (median of %d)%n", what, nanos[ROUNDS / 2] / 1e6, ROUNDS);
    }
}
