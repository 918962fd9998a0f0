package holdfast.server.config;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.fixity.Outcome;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Verdict;
import holdfast.plan.Attributes;
import holdfast.storage.ProofKind;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Measures judging at growing numbers of files: rows and facts are real, and no byte of any file exists. A program and no
 * test: {@code bench/judgement}.
 */
final class JudgementBench {
    private static final int ROUNDS = 21;
    private static final int WARM_UP = 100;
    private static final int IN_A_DIRECTORY = 1_000;
    private static final Actor BENCH = new Actor("bench");
    private static final StorageName HOME = new StorageName("KEK-RAW");
    private static final List<StorageName> OTHERS = Stream.of("CNAF-RAW", "IN2P3-CC-RAW", "UVic-RAW", "DESY-RAW")
            .map(StorageName::new)
            .toList();

    private final House house;
    private final Random random = new Random(20_261_122);
    private final List<DataId> files = new ArrayList<>();

    private JudgementBench(House house) {
        this.house = house;
    }

    /** Arguments: the folder of the plans, then the numbers of files, growing. */
    public static void main(String[] arguments) throws Exception {
        Path plans = Path.of(arguments[0]);
        int[] sizes =
                Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
        Path folder = Files.createTempDirectory("holdfast-bench-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try (House house = House.on(options(folder, plans))) {
            house.watcher.step();
            JudgementBench bench = new JudgementBench(house);
            double first = 0;
            for (int size : sizes) {
                double changed = bench.measure(size);
                first = first == 0 ? changed : first;
                System.out.printf("  %-62s %10.2f%n", "after one change, times the smallest size's", changed / first);
            }
        } finally {
            remove(folder);
        }
    }

    private static Options options(Path folder, Path plans) {
        Options.Files files = new Options.Files(
                plans.resolve("belle2.yaml"), plans.resolve("belle2-sites.yaml"), plans.resolve("belle2-policy.yaml"));
        return new Options(folder, 0, Optional.of(files), Optional.empty());
    }

    /** Brings the number of files to a size, measures, and answers the median after one change in ms. */
    private double measure(int size) throws Exception {
        System.out.printf("%n%,d files, %,d in a directory, two or three copies each%n", size, IN_A_DIRECTORY);
        int more = size - files.size();
        line("facts recorded, files/s", more / seconds(() -> load(size)));
        line("attended, files/s", more / seconds(this::drain));
        say("numbered and signed, s", seconds(house.keeper::step));
        for (int i = 0; i < WARM_UP; i++) {
            changeOne();
            assess();
        }
        say("verdict of all clauses, nothing changed, p50 ms", median(this::assess));
        double changed = median(this::assess, this::changeOne);
        say("verdict of all clauses after one file changed, p50 ms", changed);
        parts();
        double recompute = seconds(
                () -> same(house.rehearsal.changes(house.adoption.get()).flips().isEmpty()));
        say("all files judged again from the rows, verdicts equal, s", recompute);
        house.keeper.step();
        say("audit of the journal: folded, rows and verdicts equal, s", seconds(() -> {
            var audit = house.auditor.audit();
            same(audit.agrees() && audit.verdictsAgree());
        }));
        bytes();
        shortfalls();
        return changed;
    }

    private void load(int size) {
        while (files.size() < size) {
            int directory = files.size() / IN_A_DIRECTORY;
            List<FileRow> rows = new ArrayList<>();
            List<CopyRow> copies = new ArrayList<>();
            Instant now = house.clock.now();
            for (int i = 0; i < IN_A_DIRECTORY; i++) {
                DataId id = new DataId(
                        new Scope("raw"),
                        "/belle/Raw/e0030/r%05d/sub00/physics.0030.%05d.HLT%d.f%05d.root"
                                .formatted(directory, directory, 1 + i % 9, i));
                files.add(id);
                rows.add(row(id, now));
                copies.add(copy(id, HOME, now));
                copies.add(copy(id, OTHERS.get(i % 4), now));
                if (i % 3 == 0) {
                    copies.add(copy(id, OTHERS.get((i + 1) % 4), now));
                }
            }
            record(new FilesRegistered(rows, copies));
        }
    }

    private FileRow row(DataId id, Instant now) {
        byte[] adler = new byte[4];
        byte[] md5 = new byte[16];
        random.nextBytes(adler);
        random.nextBytes(md5);
        Digests digests = Digests.of(
                Digest.of(Algorithm.ADLER32, adler),
                Digest.of(Algorithm.MD5, md5),
                Digest.sha256(id.name().getBytes(StandardCharsets.UTF_8)));
        return new FileRow(
                id,
                new ByteSize(2_000_000_000L + random.nextInt(100_000_000)),
                digests,
                FileRow.DigestOrigin.SOURCE,
                Optional.of(new FileRow.Belonging(new ClassId("raw"), new LevelId(4))),
                Attributes.NONE,
                now,
                new FileRow.Source("daq", FileRow.SourceState.HELD),
                false,
                false);
    }

    private static CopyRow copy(DataId id, StorageName at, Instant now) {
        return new CopyRow(
                id,
                at,
                CopyState.PROVED,
                StoragePath.of(id, Layout.NAME, 0),
                0,
                Optional.empty(),
                now,
                Optional.of(new CopyRow.Proof(now, ProofKind.WHOLE_READ, true)),
                now,
                Optional.empty());
    }

    /** One copy becomes suspect or proved again. */
    private void changeOne() {
        DataId id = files.get(random.nextInt(files.size()));
        CopyRow now = copy(id, HOME, house.clock.now());
        boolean bad = random.nextBoolean();
        CopyRow next = bad ? now.state(CopyState.SUSPECT, now.since(), Optional.of("read as other bytes")) : now;
        record(new CopiesInspected(List.of(next), List.of(bad ? Outcome.CORRUPT : Outcome.INTACT)));
    }

    private void record(Fact fact) {
        if (!(house.journal.append(fact, BENCH) instanceof Appended.Done)) {
            throw new IllegalStateException("not recorded: " + fact.kind());
        }
    }

    private void drain() {
        int due;
        do {
            due = house.attendant.step();
        } while (due > 0);
    }

    private void assess() {
        var assessment = house.assessor.assess(10);
        same(assessment.due() == 0);
        same(assessment.verdicts().stream().anyMatch(v -> v.verdict().equals(Optional.of(Verdict.MET))));
    }

    /** Where the time of a verdict goes. */
    private void parts() throws Exception {
        say(
                "  of it: what time alone made due",
                median(() ->
                        house.database.write(connection -> house.homes.makeDueByTime(connection, house.clock.now()))));
        say("  of it: homes that are due", median(() -> house.database.read(house.verdicts::dueHomes)));
        say("  of it: answers of all slices added up", median(() -> house.database.read(house.verdicts::totals)));
        say("  of it: copies held added up", median(() -> house.database.read(house.state::held)));
        say("  of it, after a change: attending its directory", median(house.attendant::step, this::changeOne));
    }

    private void bytes() {
        long all = number("select sum(pg_total_relation_size(oid))::bigint from pg_class where relkind = 'r'"
                + " and relnamespace = 'public'::regnamespace");
        long copies = number("select count(*) from copy");
        System.out.printf(
                "  %-62s %10d   (%.2f copies a file)%n",
                "bytes a file in the database: all tables, indexes, journal",
                all / files.size(),
                (double) copies / files.size());
        for (String tables : List.of("file", "copy", "journal_entry", "tally,held,census,shortfall,due,directory")) {
            long some = 0;
            for (String table : tables.split(",")) {
                some += number("select pg_total_relation_size('" + table + "')");
            }
            System.out.printf("  %-62s %10d%n", "  of it: " + tables, some / files.size());
        }
    }

    /** Clauses that fall short of every file fill this table; which ones they are tells why it is large. */
    private void shortfalls() {
        say(
                "rows that say of one file why it falls short of a clause, a file",
                (double) number("select count(*) from" + " shortfall") / files.size());
        house.database.read(connection -> {
            try (Statement select = connection.createStatement();
                    ResultSet row =
                            select.executeQuery("select clause, count(*) from shortfall group by 1 order by 1")) {
                while (row.next()) {
                    System.out.printf("  %-62s %10d%n", "  of it: " + row.getString(1), row.getLong(2));
                }
            }
            return true;
        });
    }

    private long number(String sql) {
        return house.database.read(connection -> {
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** What is measured; it may fail as it likes. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double median(Work work) throws Exception {
        return median(work, () -> {});
    }

    private static double median(Work work, Work before) throws Exception {
        double[] times = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            before.run();
            times[i] = seconds(work) * 1e3;
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    private static void same(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the answers are not the same; nothing measured here would mean anything");
        }
    }

    private static void say(String what, double figure) {
        System.out.printf("  %-62s %10.2f%n", what, figure);
    }

    private static void line(String what, double figure) {
        System.out.printf("  %-62s %,10.0f%n", what, figure);
    }

    private static void remove(Path folder) throws java.io.IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
