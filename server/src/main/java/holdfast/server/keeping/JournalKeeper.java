package holdfast.server.keeping;

import holdfast.evidence.EntryText;
import holdfast.journal.SignedHead;
import holdfast.server.clock.HouseClock;
import holdfast.server.movers.Elements;
import holdfast.server.sql.Database;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.Memory;
import holdfast.server.sql.Sequencer;
import holdfast.server.sql.Sequencer.Tree;
import holdfast.server.work.Assessor;
import holdfast.storage.StorageDriver;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Numbers the journal, signs its heads and writes them outside the database, and closes segments: every so many entries,
 * or when entries have waited long enough, all entries since the last segment go to a file and to two archive elements.
 */
public final class JournalKeeper {
    /** The memory of how many entries the segments hold together that were shipped. */
    public static final String SEGMENT = "journal-segment";

    private static final int ARCHIVES = 2;
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Desk desk;
    private final Supplier<Elements> elements;
    private final Supplier<List<StorageName>> archives;
    private final Settings settings;
    private final HeadsOutside heads;

    /** What a keeper works with. */
    public record Desk(
            Database database, Sequencer sequencer, Entries entries, Leases leases, Memory memory, HouseClock clock) {}

    /**
     * How the journal is kept outside.
     *
     * @param outside where heads and segments are written
     * @param most entries after which a segment is closed
     * @param patience how long entries wait for a segment at most: the window of possible loss of database and node
     * @param sign how often a head is signed although nothing was added
     */
    public record Settings(Outside outside, SigningKey key, int most, Duration patience, Duration sign) {}

    public JournalKeeper(
            Desk desk, Supplier<Elements> elements, Supplier<List<StorageName>> archives, Settings settings) {
        this.desk = desk;
        this.elements = elements;
        this.archives = archives;
        this.settings = settings;
        this.heads = new HeadsOutside(settings.outside);
    }

    /** Numbers, signs and ships what is due; answers how many entries were numbered. */
    public int step() throws IOException, GeneralSecurityException {
        Optional<Lease> lease = desk.leases.take("journal", LEASE);
        if (lease.isEmpty()) {
            Optional<SignedHead> theirs = desk.entries.head();
            if (theirs.isPresent()) {
                heads.follow(theirs.get(), settings.key);
            }
            return 0;
        }
        try (var _ = desk.leases.keep(lease.get(), LEASE)) {
            return step(lease.get());
        }
    }

    /** One turn at a time: the round and whoever asks for a head share the lease, and would write a segment twice. */
    private synchronized int step(Lease lease) throws IOException, GeneralSecurityException {
        long before = desk.entries.size();
        Tree tree = desk.sequencer.step(lease);
        Optional<SignedHead> last = desk.entries.head();
        Instant now = desk.clock.now();
        boolean grown = last.map(h -> h.size() != tree.size()).orElse(true);
        boolean old = last.map(h -> h.at().plus(settings.sign).isBefore(now)).orElse(true);
        if (tree.size() > 0 && (grown || old)) {
            sign(tree, now);
        }
        ship(tree, now, lease);
        return (int) (tree.size() - before);
    }

    /** A head of everything that is numbered, signed now. */
    public SignedHead head() throws IOException, GeneralSecurityException {
        step();
        return sign(desk.sequencer.tree(), desk.clock.now());
    }

    /** The heads that this node keeps outside the database. */
    public HeadsOutside heads() {
        return heads;
    }

    public SigningKey key() {
        return settings.key;
    }

    private SignedHead sign(Tree tree, Instant now) throws IOException, GeneralSecurityException {
        SignedHead head = SignedHead.sign(tree.size(), tree.root(), now, settings.key.secret());
        desk.entries.keep(head);
        heads.add(head);
        desk.memory.keepHighest(Assessor.HEAD_OUTSIDE, tree.size(), now);
        return head;
    }

    private void ship(Tree tree, Instant now, Lease lease) throws IOException, GeneralSecurityException {
        Optional<Memory.Note> shipped = desk.memory.recall(SEGMENT);
        long from = shipped.map(n -> Long.parseLong(n.value())).orElse(0L);
        boolean many = tree.size() - from >= settings.most;
        boolean waited =
                shipped.map(n -> n.at().plus(settings.patience).isBefore(now)).orElse(true);
        if (tree.size() == from || !(many || waited)) {
            return;
        }
        Path segment = write(from, tree, now);
        archive(segment, tree);
        desk.database.write(connection -> {
            desk.leases.require(connection, lease);
            return Memory.keep(connection, SEGMENT, Long.toString(tree.size()), now);
        });
    }

    private Path write(long from, Tree tree, Instant now) throws IOException, GeneralSecurityException {
        return settings.outside.segment(from, tree, out -> {
            EntryText text = new EntryText(out, from);
            desk.entries.each(from, tree.size(), (seq, entry) -> text.write(entry));
            text.end(SignedHead.sign(tree.size(), tree.root(), now, settings.key.secret()));
        });
    }

    /** Writes a segment to the first archive elements that take it. */
    private void archive(Path segment, Tree tree) throws IOException {
        int written = 0;
        for (StorageName archive : archives.get()) {
            if (written == ARCHIVES) {
                return;
            }
            StorageDriver driver = elements.get().of(archive);
            written += Segments.ship(segment, driver, tree) ? 1 : 0;
        }
        if (written < ARCHIVES) {
            System.getLogger(JournalKeeper.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "segment {0} stands at {1} archive elements instead of {2}; the others did not take it",
                            segment.getFileName(),
                            written,
                            ARCHIVES);
        }
    }
}
