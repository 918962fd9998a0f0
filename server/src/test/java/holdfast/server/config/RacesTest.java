package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.fixity.Outcome;
import holdfast.ingest.IngestFact.BytesReturned;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.keeping.Auditor.Audit;
import holdfast.server.sql.DemandTable.Leased;
import holdfast.server.work.FixityWorker;
import holdfast.server.work.Intake;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The races that a house of rows and workers has, each let loose on a real PostgreSQL with its seed stated. */
class RacesTest {
    private static final long SEED = 20_261_122;
    private static final Actor ANYONE = new Actor("race");

    @TempDir
    Path folder;

    private Laboratory lab;
    private House house;

    @BeforeEach
    void begin() throws Exception {
        TestDatabase database = TestDatabase.fresh(
                "work-house",
                fresh -> Flyway.configure()
                        .dataSource(fresh.jdbcUrl(), fresh.user(), fresh.password())
                        .load()
                        .migrate());
        lab = new Laboratory(database, folder);
        house = lab.house;
    }

    @AfterEach
    void end() throws Exception {
        lab.close();
    }

    @Test
    void twoWorkersAttendingOneHomeLoseNoUpdate() throws Exception {
        List<DataId> ids = names(40);
        register(ids.subList(0, 20));
        AtomicBoolean writing = new AtomicBoolean(true);
        Callable<Void> attending = () -> {
            while (writing.get()) {
                house.attendant.step();
            }
            return null;
        };
        Callable<Void> registering = () -> {
            for (DataId id : ids.subList(20, 40)) {
                register(List.of(id));
            }
            return null;
        };
        together(attending, attending, () -> {
            together(registering, () -> change(ids.subList(0, 20), 150, 1), () -> change(ids.subList(0, 20), 150, 2));
            writing.set(false);
            return null;
        });
        drain();
        List<String> kept = summaries();

        house.database.write(connection -> {
            try (var everything = connection.prepareStatement("insert into due(home) select home from directory")) {
                return everything.executeUpdate();
            }
        });
        drain();
        assertThat(kept).isEqualTo(summaries()).isNotEmpty();
        rowsAreTheJournalFolded();
    }

    @Test
    void anArrivalNeverRevivesACopyThatIsBeingReleased() throws Exception {
        List<DataId> ids = names(120);
        send(ids);
        drain();
        List<String> wanted = lab.rows("select f.name || ' ' || w.text from demand d"
                + " join file f on f.home = d.home and f.leaf = d.leaf join word w on w.id = d.storage_id order by 1");
        assertThat(wanted).hasSize(120);
        Collections.shuffle(wanted, new Random(SEED));
        together(
                () -> {
                    int carried;
                    do {
                        carried = house.mover.step(Laboratory.NEAR, 3) + house.mover.step(Laboratory.FAR, 3);
                    } while (carried > 0);
                    return null;
                },
                () -> {
                    for (String one : wanted) {
                        String[] words = one.split(" ");
                        inspected(Laboratory.id(words[0]), new StorageName(words[1]), CopyState.RELEASING);
                    }
                    return null;
                });
        for (String one : wanted) {
            String[] words = one.split(" ");
            assertThat(lab.copy(Laboratory.id(words[0]), new StorageName(words[1])))
                    .map(CopyRow::state)
                    .as(one)
                    .contains(CopyState.RELEASING);
        }
        rowsAreTheJournalFolded();
    }

    @Test
    void bytesSentAgainNeverReviveACopyThatIsBeingReleased() {
        DataId id = names(1).getFirst();
        send(List.of(id));
        inspected(id, Laboratory.HOME, CopyState.RELEASING);
        assertThat(lab.send(id, Laboratory.bytes(id.name()))).isInstanceOf(Intake.Outcome.Already.class);
        assertThat(lab.copy(id, Laboratory.HOME)).map(CopyRow::state).contains(CopyState.RELEASING);
    }

    @Test
    void aStaleInspectionIsNeverRecordedOverAnArrival() throws Exception {
        FixityWorker worker = lab.impatient();
        List<DataId> ids = names(150);
        send(ids);
        for (DataId id : ids) {
            Files.write(lab.path(lab.copy(id, Laboratory.HOME).orElseThrow()), Laboratory.bytes("rot"));
            Path again = lab.path(second(id));
            Files.createDirectories(again.getParent());
            Files.write(again, Laboratory.bytes(id.name()));
        }
        worker.step(Laboratory.HOME);
        assertThat(lab.count("select count(*) from copy where state = 'S'")).isEqualTo(150);
        List<DataId> shuffled = new ArrayList<>(ids);
        Collections.shuffle(shuffled, new Random(SEED));
        together(() -> worker.step(Laboratory.HOME), () -> {
            shuffled.forEach(id -> append(new BytesReturned(List.of(), List.of(second(id))), id));
            return null;
        });
        for (DataId id : ids) {
            CopyRow copy = lab.copy(id, Laboratory.HOME).orElseThrow();
            assertThat(copy.writing()).as(id.name()).isEqualTo(1);
            assertThat(copy.state()).isIn(CopyState.ARRIVED, CopyState.PROVED);
        }
        rowsAreTheJournalFolded();
    }

    @Test
    void ofTwoRegistrationsOfOneNameWithDifferentBytesExactlyOneWins() throws Exception {
        List<DataId> ids = names(100);
        for (DataId id : ids) {
            List<Intake.Outcome> outcomes = together(
                    () -> lab.send(id, Laboratory.bytes("one " + id.name())),
                    () -> lab.send(id, Laboratory.bytes("two " + id.name())));
            assertThat(outcomes)
                    .filteredOn(Intake.Outcome.Registered.class::isInstance)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(Intake.Outcome.Refused.class::isInstance)
                    .hasSize(1);
            var holding = lab.holding(id);
            byte[] stands = Files.readAllBytes(lab.path(holding.copies().getFirst()));
            assertThat(holding.file().orElseThrow().digests().by(Digest.Algorithm.SHA256))
                    .contains(Digest.sha256(stands));
        }
        assertThat(lab.count("select count(*) from file")).isEqualTo(100);
        assertThat(lab.count("select count(*) from journal_entry where kind = 'ingest.files-registered'"))
                .isEqualTo(100);
    }

    @Test
    void ofTwoMoversWithOneDemandTheLateOneFindsNothing() throws Exception {
        register(names(200));
        drain();
        Instant now = house.clock.now();
        List<Leased> late = new ArrayList<>();
        List<Leased> good = new ArrayList<>();
        for (StorageName to : List.of(Laboratory.NEAR, Laboratory.FAR)) {
            late.addAll(lease(to, now));
            good.addAll(lease(to, now.plus(Duration.ofHours(1))));
        }
        assertThat(late).hasSize(200);
        assertThat(good).hasSize(200);
        Collections.shuffle(late, new Random(SEED));
        List<List<Leased>> finished = together(() -> finishEach(late), () -> finishEach(good));
        assertThat(finished.get(0)).isEmpty();
        assertThat(finished.get(1)).containsExactlyElementsOf(good);
    }

    @Test
    void aLeaseOfADemandThatWasWithdrawnIsNotGoodForTheNextOne() {
        DataId id = names(1).getFirst();
        StorageName to = Laboratory.HOME;
        register(List.of(id));
        inspected(id, Laboratory.NEAR, CopyState.PROVED);
        inspected(id, to, CopyState.MISSING);
        drain();
        List<Leased> old = lease(to, house.clock.now());
        assertThat(old).hasSize(1);
        inspected(id, to, CopyState.PROVED);
        drain();
        assertThat(lease(to, house.clock.now().plus(Duration.ofHours(1)))).isEmpty();
        inspected(id, to, CopyState.MISSING);
        drain();
        List<Leased> next = lease(to, house.clock.now());
        assertThat(next).hasSize(1);
        assertThat(finishEach(old)).isEmpty();
        assertThat(finishEach(next)).isEqualTo(next);
    }

    @Test
    void anEntryIsNumberedAfterThoseItsRowsDependOnWhileAnotherTransactionStaysOpen() throws Exception {
        List<DataId> ids = names(2);
        register(ids);
        try (var early = new OpenTransaction()) {
            // The later change draws its transaction's number first, then one stays open, then the earlier change
            // comes.
            OpenTransaction[] open = {early};
            Appended later = house.journal.append(ANYONE, connection -> {
                lock(connection, ids.get(0));
                open[0].begin();
                inspected(ids.get(1), Laboratory.HOME, CopyState.SUSPECT);
                lock(connection, ids.get(1));
                return Optional.of(fact(ids.get(1), Laboratory.HOME, CopyState.MISSING));
            });
            assertThat(later).isInstanceOf(Appended.Done.class);
            house.keeper.step();
        }
        house.keeper.step();
        assertThat(lab.rows("select e.id::text from journal_leaf l join journal_entry e on e.id = l.entry_id"
                        + " where e.kind = 'fixity.copies-inspected' order by l.seq"))
                .isSorted()
                .hasSize(2);
        rowsAreTheJournalFolded();
    }

    @Test
    void theSequencerSkipsNoEntryAndKeepsTheOrderOfRowsUnderLongTransactions() throws Exception {
        List<DataId> ids = names(5);
        register(ids);
        AtomicBoolean writing = new AtomicBoolean(true);
        together(
                () -> {
                    while (writing.get()) {
                        house.keeper.step();
                    }
                    return null;
                },
                () -> {
                    Random random = new Random(SEED);
                    while (writing.get()) {
                        try (var open = new OpenTransaction()) {
                            open.begin();
                            change(ids, 1 + random.nextInt(5), random.nextLong());
                        }
                    }
                    return null;
                },
                () -> {
                    together(() -> change(ids, 120, 3), () -> change(ids, 120, 4), () -> change(ids, 120, 5));
                    writing.set(false);
                    return null;
                });
        rowsAreTheJournalFolded();
    }

    /** A transaction that has a number and does nothing. */
    private final class OpenTransaction implements AutoCloseable {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private final Thread holder = new Thread(this::hold, "long transaction");

        void begin() {
            holder.start();
            await(begun);
        }

        private void hold() {
            house.database.write(connection -> {
                connection.createStatement().execute("select pg_current_xact_id()");
                begun.countDown();
                await(end);
                return null;
            });
        }

        @Override
        public void close() throws InterruptedException {
            end.countDown();
            holder.join();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<DataId> names(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Laboratory.id("/lab/raw/run1/file%04d.dat".formatted(i)))
                .toList();
    }

    private void register(List<DataId> ids) {
        Appended appended = house.journal.append(
                new FilesRegistered(
                        ids.stream().map(id -> lab.row(id, 1_000)).toList(),
                        ids.stream()
                                .map(id -> lab.copy(id, Laboratory.HOME, CopyState.PROVED))
                                .toList()),
                ANYONE);
        assertThat(appended).isInstanceOf(Appended.Done.class);
    }

    private void send(List<DataId> ids) {
        List<Intake.Arriving> batch = ids.stream()
                .map(id -> Laboratory.arriving(id, Laboratory.bytes(id.name())))
                .toList();
        assertThat(house.intake.take(batch)).hasOnlyElementsOfType(Intake.Outcome.Registered.class);
    }

    /** Locks a few files at a time, out of order of their changes, and gives their copies another state. */
    private Void change(List<DataId> ids, int times, long seed) {
        Random random = new Random(SEED + seed);
        CopyState[] states = {CopyState.ARRIVED, CopyState.SUSPECT, CopyState.MISSING, CopyState.CORRUPT};
        for (int i = 0; i < times; i++) {
            Set<DataId> some = new HashSet<>();
            for (int j = 0; j < 1 + random.nextInt(3); j++) {
                some.add(ids.get(random.nextInt(ids.size())));
            }
            CopyState next = states[random.nextInt(states.length)];
            Appended appended = house.journal.append(ANYONE, connection -> {
                lock(connection, some.toArray(DataId[]::new));
                return Optional.of(new CopiesInspected(
                        some.stream()
                                .map(id -> lab.copy(id, Laboratory.HOME, next))
                                .toList(),
                        Collections.nCopies(some.size(), Outcome.INTACT)));
            });
            assertThat(appended).isInstanceOf(Appended.Done.class);
        }
        return null;
    }

    private void lock(java.sql.Connection connection, DataId... ids) throws java.sql.SQLException {
        List<NameKey> keys = java.util.Arrays.stream(ids).map(DataId::key).toList();
        assertThat(house.holdings.lock(connection, keys)).hasSameSizeAs(ids);
    }

    private CopiesInspected fact(DataId id, StorageName at, CopyState state) {
        return new CopiesInspected(List.of(lab.copy(id, at, state)), List.of(Outcome.INTACT));
    }

    private void inspected(DataId id, StorageName at, CopyState state) {
        append(fact(id, at, state), id);
    }

    private void append(Fact fact, DataId id) {
        Appended appended = house.journal.append(ANYONE, connection -> {
            lock(connection, id);
            return Optional.of(fact);
        });
        assertThat(appended).isInstanceOf(Appended.Done.class);
    }

    private CopyRow second(DataId id) {
        CopyRow first = lab.copy(id, Laboratory.HOME, CopyState.ARRIVED);
        return new CopyRow(
                id,
                first.storage(),
                first.state(),
                StoragePath.of(id, Layout.NAME, 1),
                1,
                first.locator(),
                first.writtenAt(),
                first.proof(),
                first.since(),
                first.finding());
    }

    private List<Leased> lease(StorageName to, Instant now) {
        return house.database.write(
                connection -> house.demands.lease(connection, to, 1_000, now, Duration.ofMinutes(30)));
    }

    private List<Leased> finishEach(List<Leased> leased) {
        List<Leased> good = new ArrayList<>();
        for (Leased one : leased) {
            good.addAll(house.database.write(connection -> house.demands.finish(connection, List.of(one))));
        }
        return good;
    }

    private void drain() {
        int due;
        do {
            due = house.attendant.step();
        } while (due > 0);
    }

    private List<String> summaries() {
        List<String> rows = new ArrayList<>();
        rows.addAll(lab.rows("select t::text from tally t order by home, slice, clause, duty"));
        rows.addAll(lab.rows("select h::text from held h order by home, slice, class_id, storage_id, period"));
        rows.addAll(lab.rows("select c::text from census c order by home, slice, class_id"));
        rows.addAll(lab.rows("select s::text from stored s order by home, slice, storage_id"));
        return rows;
    }

    /** Every entry is numbered once, without a gap, and folding them in that order gives the rows. */
    private void rowsAreTheJournalFolded() throws Exception {
        house.keeper.step();
        long entries = lab.count("select count(*) from journal_entry");
        assertThat(lab.rows("select count(*) || ' ' || min(seq) || ' ' || max(seq) from journal_leaf"))
                .containsExactly(entries + " 0 " + (entries - 1));
        Audit audit = house.auditor.audit();
        assertThat(audit.differences()).isEmpty();
        assertThat(audit.verdictsAgree()).isTrue();
        assertThat(audit.entries()).isEqualTo(entries);
    }

    /** Lets some things happen at once, and answers what each came to. */
    @SafeVarargs
    private static <T> List<T> together(Callable<? extends T>... things) throws Exception {
        CountDownLatch start = new CountDownLatch(things.length);
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(things.length)) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<? extends T> thing : things) {
                futures.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    return thing.call();
                }));
            }
            for (Future<T> future : futures) {
                answers.add(future.get());
            }
        }
        return answers;
    }
}
