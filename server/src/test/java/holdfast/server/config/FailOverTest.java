package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holdfast.catalog.CopyState;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.journal.Hash;
import holdfast.journal.Journal.Appended;
import holdfast.journal.MerkleTree;
import holdfast.journal.SignedHead;
import holdfast.server.embedded.Replicated;
import holdfast.server.keeping.Auditor.Audit;
import holdfast.server.sql.ClusterIdentity;
import holdfast.server.sql.Database;
import holdfast.server.work.Intake;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The machine of the database's primary dies under a node that works; the synchronous standby is promoted. What was
 * acknowledged is written down here, outside of any database, and compared with what is there afterwards.
 */
class FailOverTest {
    private static final Actor ANYONE = new Actor("anyone");
    private static final int APPENDERS = 3;
    private static final int BEFORE = 400;
    private static final int AFTER = 400;

    @TempDir
    Path folder;

    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final AtomicInteger number = new AtomicInteger();
    private final Queue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<UUID> unknown = new ConcurrentLinkedQueue<>();
    private final Queue<DataId> registered = new ConcurrentLinkedQueue<>();
    private final Semaphore more = new Semaphore(0);
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong lastAcknowledged = new AtomicLong(System.nanoTime());
    private final AtomicLong longestGap = new AtomicLong();
    private final Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();

    @Test
    void noAcknowledgedFactIsLostWhenThePrimaryDiesAndTheNodeGoesOnByItself() throws Exception {
        Optional<Replicated> replicated = Replicated.start();
        assumeTrue(replicated.isPresent(), "no PostgreSQL 15 is installed; HOLDFAST_POSTGRES15_BIN names one");
        try (Replicated databases = replicated.get();
                Laboratory lab = new Laboratory(databases.database(), folder)) {
            House house = lab.house;
            house.begin();
            ClusterIdentity before = house.database.read(ClusterIdentity::read);
            List<Thread> load = load(lab);
            await(BEFORE);

            longestGap.set(0);
            long killed = System.nanoTime();
            databases.killPrimary();
            databases.promoteStandby();
            long promoted = System.nanoTime();
            more.drainPermits();
            await(AFTER);
            writing.set(false);
            for (Thread one : load) {
                one.join();
            }

            assertThat(surprises).isEmpty();
            ClusterIdentity after = house.database.read(ClusterIdentity::read);
            assertThat(before.to(after)).isEqualTo(ClusterIdentity.Change.ANOTHER_TIMELINE);
            assertThat(ClusterIdentity.of(after.text())).isEqualTo(after);
            everythingAcknowledgedIsThere(lab);
            rest(lab);
            headsOutsideAreOfThisTree(lab);
            Audit audit = house.auditor.audit();
            assertThat(audit.differences()).isEmpty();
            assertThat(audit.verdictsAgree()).isTrue();
            print(promoted - killed);
        }
    }

    /** Facts and files, as fast as they are taken; who is refused for lack of a database tries again. */
    private List<Thread> load(Laboratory lab) {
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < APPENDERS; i++) {
            load.add(Thread.ofVirtual().start(() -> whileWriting(lab.house, () -> append(lab))));
        }
        load.add(Thread.ofVirtual().start(() -> whileWriting(lab.house, () -> send(lab))));
        return load;
    }

    /** The house's time never goes back meanwhile, and asking for it never fails. */
    private void whileWriting(House house, Runnable turn) {
        Instant before = house.clock.now();
        while (writing.get()) {
            Instant now = house.clock.now();
            if (now.isBefore(before)) {
                surprises.add(new AssertionError("the clock went back from " + before + " to " + now));
            }
            before = now;
            try {
                turn.run();
            } catch (Database.Failed | Database.UnknownCommit e) {
                refused.incrementAndGet();
            } catch (RuntimeException | AssertionError e) {
                surprises.add(e);
                return;
            }
        }
    }

    private void append(Laboratory lab) {
        DataId id =
                Laboratory.id("/lab/raw/run%d/fact%05d.dat".formatted(number.get() / 500, number.incrementAndGet()));
        Appended appended = lab.house.journal.append(
                new FilesRegistered(
                        List.of(lab.row(id, 1_000)), List.of(lab.copy(id, Laboratory.HOME, CopyState.PROVED))),
                ANYONE);
        switch (appended) {
            case Appended.Done done -> acknowledge(done.entry().id(), id);
            case Appended.Unknown lost -> unknown.add(lost.entry());
            case Appended.Refused why -> surprises.add(new AssertionError(why));
        }
    }

    private void acknowledge(UUID entry, DataId id) {
        long now = System.nanoTime();
        long gap = now - lastAcknowledged.getAndSet(now);
        longestGap.accumulateAndGet(gap, Math::max);
        acknowledged.add(entry);
        registered.add(id);
        more.release();
    }

    private void send(Laboratory lab) {
        DataId id = Laboratory.id("/lab/raw/sent/file%05d.dat".formatted(number.incrementAndGet()));
        if (lab.send(id, Laboratory.bytes(id.name())) instanceof Intake.Outcome.Registered) {
            registered.add(id);
        }
    }

    private void everythingAcknowledgedIsThere(Laboratory lab) {
        assertThat(acknowledged).allMatch(lab.house.entries::has);
        assertThat(registered)
                .allSatisfy(id -> assertThat(lab.holding(id).file()).isPresent());
        long there = unknown.stream().filter(lab.house.entries::has).count();
        assertThat(lab.count("select count(*) from journal_entry where actor = 'anyone'"))
                .as("each fact once: acknowledged, or unknown and there")
                .isEqualTo(acknowledged.size() + there);
    }

    /** Files of bare facts have no bytes to copy, so only the journal comes to rest. */
    private static void rest(Laboratory lab) throws Exception {
        do {
            lab.house.keeper.step();
        } while (lab.house.progress.now().entriesUnnumbered() > 0);
    }

    /** Every head that was written outside, before and after, is one of the tree that the database has now. */
    private void headsOutsideAreOfThisTree(Laboratory lab) throws IOException {
        // Before the tree is read: the house goes on, and signs another head of what it numbers meanwhile.
        List<SignedHead> heads = Files.readAllLines(lab.data().resolve("journal/heads.txt")).stream()
                .map(SignedHead::parse)
                .toList();
        List<Hash> roots = new ArrayList<>(List.of(Hash.EMPTY));
        MerkleTree tree = new MerkleTree();
        for (String leaf : lab.rows("select encode(hash, 'hex') from journal_leaf order by seq")) {
            tree.append(Hash.of(HexFormat.of().parseHex(leaf)));
            roots.add(tree.root());
        }
        assertThat(heads).isNotEmpty().allSatisfy(head -> {
            assertThat(head.size()).isLessThan(roots.size());
            assertThat(head.root()).isEqualTo(roots.get((int) head.size()));
        });
    }

    /** Waits for so many more facts. */
    private void await(int facts) throws InterruptedException {
        assertThat(more.tryAcquire(facts, 5, TimeUnit.MINUTES))
                .as("%d more facts within five minutes; %s", facts, surprises)
                .isTrue();
    }

    private void print(long promotion) {
        System.out.printf(
                "fail-over: acknowledged %d, of these kept %d, lost 0; unknown %d; refused and tried again %d;"
                        + " the standby was promoted %.1f s after the kill;"
                        + " no fact was taken for %.1f s%n",
                acknowledged.size(),
                acknowledged.size(),
                unknown.size(),
                refused.get(),
                promotion / 1e9,
                longestGap.get() / 1e9);
    }
}
