package holdfast.server.rebuild;

import holdfast.catalog.ChangesCatalog;
import holdfast.evidence.EntryReader;
import holdfast.evidence.FactKinds;
import holdfast.evidence.Ledger;
import holdfast.evidence.StateLines;
import holdfast.journal.Fact;
import holdfast.journal.Hash;
import holdfast.journal.Journal.Appended;
import holdfast.journal.MerkleTree;
import holdfast.journal.SignedHead;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact.HoldBegan;
import holdfast.server.clock.HouseClock;
import holdfast.server.keeping.JournalKeeper;
import holdfast.server.rebuild.SegmentChain.Link;
import holdfast.server.sql.Database;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Memory;
import holdfast.server.sql.Refill;
import holdfast.server.sql.Refill.Numbered;
import holdfast.server.sql.Refill.Standing;
import holdfast.server.sql.Rows;
import holdfast.server.sql.Sequencer;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.StateRows;
import holdfast.server.sql.Words;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Builds a house's database anew from a checked chain of segments. Transactions are of bounded size; memory holds the fold
 * that the rows are compared with at the end, so it grows with the files registered and not with the journal.
 */
public final class Rebuild {
    private static final Actor ACTOR = new Actor("rebuild");
    private static final int MOST_ENTRIES = 200;
    private static final int MOST_LINES = 10_000;

    private final Database database;
    private final Words words;
    private final HouseClock clock;
    private final Entries entries;
    private final Refill refill;
    private final Memory memory;
    private final LongConsumer progress;

    /** @param progress hears how many entries are in, after each transaction */
    public Rebuild(Database database, HouseClock clock, LongConsumer progress) {
        this.database = database;
        this.words = new Words(database);
        this.clock = clock;
        this.entries = new Entries(database);
        this.refill = new Refill(database, words);
        this.memory = new Memory(database);
        this.progress = progress;
    }

    /**
     * What was built.
     *
     * @param before entries that an earlier, interrupted run had written
     * @param fold of the segments in memory
     * @param rows of the database, read back
     */
    public record Built(long before, Digest fold, Digest rows, Refill.Count count) {
        public boolean agrees() {
            return fold.equals(rows);
        }
    }

    /** The fold of a chain alone: what its rows would be; nothing is written. */
    public static Ledger fold(SegmentChain chain) throws IOException {
        Ledger ledger = new Ledger();
        chain.each(read -> ledger.apply(read.entry()));
        return ledger;
    }

    /**
     * Writes journal and rows, and compares the rows with the fold.
     *
     * @throws RebuildRefused when a house stands in the database already, or another journal was begun there
     */
    public Built fill(SegmentChain chain) throws IOException {
        long before = begin(chain);
        Pass pass = new Pass(before);
        chain.each(pass::take);
        pass.flush();
        for (Link link : chain.links()) {
            entries.keep(link.head());
        }
        refill.settle();
        Instant now = clock.now();
        refill.remember(pass.elements, now);
        memory.keep(JournalKeeper.SEGMENT, Long.toString(chain.size()), now);
        Digest rows = StateLines.hash(new StateRows(database, entries, words).lines(e -> {}).stream());
        return new Built(before, pass.ledger.stateHash(), rows, refill.count());
    }

    /** Ends a rebuild whose rows agree: the first new fact is the hold, so that nothing is released before two sign. */
    public void hold(SegmentChain chain, Optional<SignedHead> outside) {
        SignedHead head = chain.head().orElseThrow();
        Instant now = clock.now();
        Optional<Long> ahead = outside.filter(o -> o.size() > chain.size()).map(SignedHead::size);
        String why = "the database was built anew from segments: it knows %d entries, up to the head of %s%s"
                .formatted(
                        chain.size(),
                        head.at(),
                        ahead.map(size -> "; a head outside speaks of " + size).orElse(""));
        Hold hold = new Hold(Hold.Cause.REBUILT, now, chain.size(), ahead.or(() -> Optional.of(head.size())), why);
        Appended appended = new SqlJournal(database, new Rows(words), clock).append(ACTOR, connection -> {
            refill.end(connection, now);
            return Optional.of(new HoldBegan(hold));
        });
        if (!(appended instanceof Appended.Done)) {
            throw new RebuildRefused("all is written, but not known whether the custody hold stands: " + appended
                    + "; run the same command again");
        }
    }

    private long begin(SegmentChain chain) throws IOException {
        return switch (refill.standing(entries, new Sequencer(database))) {
            case Standing.Empty _ -> {
                refill.begin(clock.now());
                yield 0;
            }
            case Standing.UnderWay begun -> {
                if (!begun.root().equals(rootAt(chain, begun.size()))) {
                    throw new RebuildRefused(("a rebuild was begun in this database with another journal: its first %d"
                                    + " entries are not those of these segments. Give the same segments, or an empty"
                                    + " database")
                            .formatted(begun.size()));
                }
                yield begun.size();
            }
            case Standing.Taken taken ->
                throw new RebuildRefused(
                        ("a house stands in this database already: its journal has %d entries. A rebuild"
                                        + " writes into an empty database only; give another --data folder or --database-url")
                                .formatted(taken.entries()));
        };
    }

    private static Hash rootAt(SegmentChain chain, long size) throws IOException {
        MerkleTree tree = new MerkleTree();
        chain.each(read -> {
            if (tree.size() < size) {
                tree.append(read.leaf());
            }
        });
        return tree.root();
    }

    /** One pass over the chain: folds all, and writes what is not in the database yet. */
    private final class Pass {
        private final Ledger ledger = new Ledger();
        private final MerkleTree tree = new MerkleTree();
        private final Set<StorageName> elements = new TreeSet<>();
        private final List<Numbered> batch = new ArrayList<>();
        private final long before;
        private int lines;

        Pass(long before) {
            this.before = before;
        }

        void take(EntryReader.Read read) {
            Fact fact = FactKinds.read(read.entry());
            ledger.apply(fact);
            tree.append(read.leaf());
            if (fact instanceof ChangesCatalog rows) {
                rows.copies().forEach(c -> elements.add(c.storage()));
            }
            if (read.number() < before) {
                return;
            }
            batch.add(new Numbered(read.number(), read.entry(), read.leaf(), fact));
            lines += read.entry().lines().size();
            if (batch.size() == MOST_ENTRIES || lines >= MOST_LINES) {
                flush();
            }
        }

        void flush() {
            if (!batch.isEmpty()) {
                refill.take(batch, tree);
                batch.clear();
                lines = 0;
                progress.accept(tree.size());
            }
        }
    }
}
