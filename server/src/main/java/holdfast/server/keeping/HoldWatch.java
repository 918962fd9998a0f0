package holdfast.server.keeping;

import holdfast.journal.BadEntry;
import holdfast.journal.Hash;
import holdfast.journal.Journal.Appended;
import holdfast.journal.SignedHead;
import holdfast.retention.Hold;
import holdfast.retention.Hold.Cause;
import holdfast.retention.RetentionFact.HoldBegan;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.ClusterIdentity;
import holdfast.server.sql.Database;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Memory;
import holdfast.server.sql.SqlJournal;
import holdfast.vocabulary.Actor;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks whether the database is the one that this house wrote, and whole: against the newest head that this node signed
 * and wrote outside it, and against the cluster that was there before. Where it is not, a custody hold begins. It looks
 * before the first round begins, and again from time to time, since a cluster may change under a running node.
 */
public final class HoldWatch {
    private static final Actor WATCH = new Actor("hold-watch");
    private static final System.Logger LOG = System.getLogger(HoldWatch.class.getName());
    /** A jump up to this is no more than two servers' clocks may differ by. */
    private static final Duration MOST_JUMP = Duration.ofMinutes(5);

    private static final String CLUSTER = "cluster";

    private final Desk desk;
    private final Path heads;
    private final PublicKey key;
    private final ActTables acts = new ActTables();
    private final Supplier<Duration> jumps;
    private volatile Duration toldJumps = Duration.ZERO;
    private Duration toldAhead = Duration.ZERO;
    private long comparedSize = -1;

    /** What the watch works with. */
    public record Desk(Database database, Entries entries, Memory memory, SqlJournal journal, HouseClock clock) {}

    /**
     * @param heads the file of signed heads outside the database
     * @param key of this house: heads that it did not sign tell nothing
     * @param jumps of the clock that were seen so far, added up: it only grows
     */
    public HoldWatch(Desk desk, Path heads, PublicKey key, Supplier<Duration> jumps) {
        this.jumps = jumps;
        this.desk = desk;
        this.heads = heads;
        this.key = key;
    }

    /** Looks once; answers the hold that began, or stands already. */
    public Optional<Hold> look() throws IOException {
        Duration jumped = jumps.get();
        Optional<Hold> standing = desk.database.read(acts::hold);
        ClusterIdentity cluster = desk.database.read(ClusterIdentity::read);
        Optional<Hold> found = found(cluster, jumped);
        if (found.isPresent() && (standing.isEmpty() || isWorse(found.get(), standing.get()))) {
            begin(found.get());
        }
        // Only now: until the hold stands, its coming forbids as much.
        toldJumps = isNew(jumped) ? jumped : toldJumps;
        if (found.isEmpty() || desk.database.read(acts::hold).isPresent()) {
            remember(cluster);
        }
        return found.isEmpty() ? standing : desk.database.read(acts::hold);
    }

    /** The hold that the next look will begin, for the clock has jumped: until then nothing is released by its time either. */
    public Optional<Hold> coming() {
        return isNew(jumps.get())
                ? Optional.of(new Hold(
                        Cause.CLOCK_JUMPED,
                        desk.clock.now(),
                        0,
                        Optional.empty(),
                        "the database's clock has just jumped"))
                : Optional.empty();
    }

    private boolean isNew(Duration jumped) {
        return jumped.minus(toldJumps).compareTo(MOST_JUMP) > 0;
    }

    /** Only after the hold stands in the journal: a crash in between must not lose it. */
    private void remember(ClusterIdentity cluster) {
        if (!remembered().equals(Optional.of(cluster))) {
            desk.memory.keep(CLUSTER, cluster.text(), desk.clock.now());
        }
    }

    private Optional<ClusterIdentity> remembered() {
        return desk.memory.recall(CLUSTER).map(Memory.Note::value).map(ClusterIdentity::of);
    }

    private static boolean isWorse(Hold found, Hold standing) {
        return found.cause().losesFacts() && !standing.cause().losesFacts();
    }

    private Optional<Hold> found(ClusterIdentity cluster, Duration jumped) throws IOException {
        // First the head: the round that numbers and signs may go on between the two looks.
        Optional<SignedHead> outside = newest();
        long own = desk.entries.size();
        Instant now = desk.clock.now();
        Optional<Hold> behind = outside.flatMap(head -> against(head, own, now));
        Optional<Hold> moved = remembered()
                .filter(was -> was.to(cluster) != ClusterIdentity.Change.NONE)
                .map(was -> moved(was, cluster, new Seen(own, outside, now)));
        return behind.or(() -> moved).or(() -> jumped(jumped, new Seen(own, outside, now)));
    }

    /** The newest head of ours outside the database. */
    private Optional<SignedHead> newest() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(heads);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        for (String line : lines.reversed()) {
            try {
                SignedHead head = SignedHead.parse(line);
                if (head.isSignedBy(key)) {
                    return Optional.of(head);
                }
            } catch (BadEntry torn) {
                LOG.log(Level.WARNING, "{0} holds a line that is no signed head: {1}", heads, torn.getMessage());
            }
        }
        return Optional.empty();
    }

    private Optional<Hold> against(SignedHead head, long own, Instant now) {
        if (head.size() > own) {
            return Optional.of(new Hold(
                    Cause.HEAD_AHEAD,
                    now,
                    own,
                    Optional.of(head.size()),
                    "the database has %d entries, and a head of %s outside speaks of %d: %d facts are missing"
                            .formatted(own, head.at(), head.size(), head.size() - own)));
        }
        if (head.size() == comparedSize) {
            return Optional.empty();
        }
        Optional<Hash> root = desk.entries.rootAt(head.size());
        comparedSize = head.size();
        return root.filter(r -> !r.equals(head.root()))
                .map(r -> new Hold(
                        Cause.FORKED,
                        now,
                        own,
                        Optional.of(head.size()),
                        "the first %d entries of the database are not those of the head of %s outside"
                                .formatted(head.size(), head.at())));
    }

    /** Another cluster, or another timeline of it, than this house saw last: a fail-over or a restore. */
    private static Hold moved(ClusterIdentity was, ClusterIdentity is, Seen seen) {
        return new Hold(
                Cause.FAILED_OVER,
                seen.now,
                seen.own,
                seen.outside.map(SignedHead::size),
                "another database server answers (cluster/timeline %s, before %s): a fail-over or a restore"
                        .formatted(is.text(), was.text()));
    }

    /** A clock that jumped makes proofs younger or older than they are: nothing is released by such ages. */
    private Optional<Hold> jumped(Duration jumped, Seen seen) {
        Duration ahead =
                seen.outside.map(h -> Duration.between(seen.now, h.at())).orElse(Duration.ZERO);
        boolean isAhead = ahead.minus(toldAhead).compareTo(MOST_JUMP) > 0;
        if (!isNew(jumped) && !isAhead) {
            return Optional.empty();
        }
        toldAhead = isAhead ? ahead : toldAhead;
        Duration by = isNew(jumped) ? jumped.minus(toldJumps) : ahead;
        return Optional.of(new Hold(
                Cause.CLOCK_JUMPED,
                seen.now,
                seen.own,
                seen.outside.map(SignedHead::size),
                "the database's clock jumped by %d minutes".formatted(by.toMinutes())));
    }

    private record Seen(long own, Optional<SignedHead> outside, Instant now) {}

    private void begin(Hold hold) {
        Appended appended = desk.journal.append(WATCH, connection -> {
            Optional<Hold> standing = acts.hold(connection);
            return standing.isEmpty() || isWorse(hold, standing.get())
                    ? Optional.of(new HoldBegan(hold))
                    : Optional.empty();
        });
        if (appended instanceof Appended.Done) {
            LOG.log(Level.ERROR, "custody hold: {0}", hold.why());
        }
    }
}
