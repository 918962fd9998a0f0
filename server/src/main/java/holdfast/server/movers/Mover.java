package holdfast.server.movers;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.fixity.Inspection;
import holdfast.fixity.Inspector;
import holdfast.fixity.Outcome;
import holdfast.journal.Fact;
import holdfast.judgement.Holding;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.DemandQueue;
import holdfast.server.sql.DemandTable;
import holdfast.server.sql.DemandTable.Leased;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.SqlJournal;
import holdfast.storage.ProofKind;
import holdfast.storage.ThirdPartyCopy.Origin;
import holdfast.transfer.FairTurn;
import holdfast.transfer.Retry;
import holdfast.transfer.Shares;
import holdfast.transfer.TransferFact.CopiesArrived;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Carries wanted copies to one element: leases demands, reads each file from its best source, writes it, and records what
 * arrived. A copy that arrived counts only after it was read back, which is the fixity worker's next step.
 */
public final class Mover {
    private static final String NO_SOURCE =
            "no copy of it can be read now, or none by a way that leads there; its sources do"
                    + " not answer, are damaged or in a declared downtime";
    private static final Actor MOVER = new Actor("mover");
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    private final Desk desk;
    private final Supplier<StoragePath.Layout> layout;
    private final Supplier<Shares> shares;
    private final Sources sources;
    private final Departures departures;
    private final Map<StorageName, FairTurn> turns = new ConcurrentHashMap<>();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong bytesInVain = new AtomicLong();

    /**
     * What a mover works with.
     *
     * @param lease how long demands stay with a mover that gives no sign of life
     */
    public record Desk(
            Database database,
            Holdings holdings,
            DemandTable demands,
            SqlJournal journal,
            HouseClock clock,
            Supplier<Elements> elements,
            Duration lease) {}

    /** A mover for which all activities are alike. */
    public Mover(Desk desk, Sources sources, Supplier<StoragePath.Layout> layout) {
        this(desk, sources, layout, () -> Shares.EVEN);
    }

    /** @param shares how activities share what is carried; each node keeps to them for itself, and so all do */
    public Mover(Desk desk, Sources sources, Supplier<StoragePath.Layout> layout, Supplier<Shares> shares) {
        this.desk = desk;
        this.sources = sources;
        this.layout = layout;
        this.shares = shares;
        departures = new Departures(desk);
    }

    /**
     * Leases and carries one batch.
     *
     * @return how many demands were leased and not merely put off, since the roads are full
     */
    public int step(StorageName to, int most) {
        Instant now = desk.clock.now();
        if (isOutOfOurReachOnly(to) || sources.isInDowntime(to, now)) {
            return 0;
        }
        List<Leased> leased = lease(to, most, now);
        if (leased.isEmpty()) {
            return 0;
        }
        try (var _ = new Keeping(desk, leased)) {
            return leased.size() - carry(to, leased);
        }
    }

    /** The next turn's demands: the activities one after the other, each by its share. */
    private List<Leased> lease(StorageName to, int most, Instant now) {
        DemandQueue.Claim claim = new DemandQueue.Claim(turns.getOrDefault(to, FairTurn.FIRST), shares.get(), most);
        // With the disk, unlike other work: an epoch that a dying database forgot would be given out again.
        DemandQueue.Batch batch = desk.database.write(
                connection -> desk.demands.queue().lease(connection, to, claim, new DemandQueue.Term(now, desk.lease)));
        turns.put(to, batch.next());
        return batch.leased();
    }

    /** Whether other nodes reach an element that this one does not: its demands are left to them. */
    private boolean isOutOfOurReachOnly(StorageName to) {
        return !sources.answers(to) && !sources.isSilent(to);
    }

    /** Answers how many had to wait for a free road. */
    private int carry(StorageName to, List<Leased> leased) {
        Map<NameKey, Holding> holdings = holdings(leased);
        Sources.Outlook outlook = sources.outlook(to, desk.clock.now());
        List<Departures.Wish> wishes = new ArrayList<>(leased.size());
        Map<Leased, StorageName> hops = new HashMap<>();
        for (Leased one : leased) {
            Optional<Holding> holding = Optional.ofNullable(holdings.get(one.key()));
            if (holding.flatMap(Holding::file).isEmpty()) {
                postpone(one, "the file is not registered any more");
                continue;
            }
            Optional<CopyRow> before = at(holding, to);
            if (before.filter(c -> blocks(c.state())).isPresent()) {
                // Another mover was faster; carrying it once more would leave bytes that no row names.
                postpone(one, "a copy of it stands there or is being released");
                continue;
            }
            List<Sources.Source> straight = outlook.straight(holding.get());
            if (straight.isEmpty()) {
                outlook.hop(holding.get()).ifPresentOrElse(hop -> hops.put(one, hop), () -> postpone(one, NO_SOURCE));
                continue;
            }
            wishes.add(new Departures.Wish(one, holding.get().file().get(), straight, before));
        }
        departures.byWayOf(hops);
        List<Trip> trips = departures.setOut(outlook.roads(), wishes);
        land(to, sources.online(trips));
        return wishes.size() - trips.size();
    }

    private Map<NameKey, Holding> holdings(List<Leased> leased) {
        List<NameKey> keys = leased.stream().map(Leased::key).toList();
        return desk.database.read(connection -> {
            Map<NameKey, Holding> found = new HashMap<>();
            desk.holdings.of(connection, keys).forEach(h -> found.put(h.id().key(), h));
            return found;
        });
    }

    private void land(StorageName to, List<Trip> trips) {
        Landing landing = new Landing(desk.elements.get().of(to), layout.get());
        List<Landed> landed = landing.land(trips.stream().map(Trip::cargo).toList());
        List<Trip> done = new ArrayList<>();
        List<CopyRow> rows = new ArrayList<>();
        for (int i = 0; i < trips.size(); i++) {
            Trip trip = trips.get(i);
            switch (landed.get(i)) {
                case Landed.Done arrived -> {
                    done.add(trip.by(arrived.from()));
                    rows.add(row(trip, to, arrived));
                }
                case Landed.SourceBad bad -> sourceBad(trip.by(bad.from()), bad);
                case Landed.TargetRefused refused -> postpone(trip.lease(), refused.why());
                case Landed.Failed failed ->
                    postpone(
                            trip.lease(),
                            Retry.after(failed.fault(), trip.lease().attempts()),
                            failed.why());
                case Landed.Unknown unknown -> postpone(trip.lease(), "not known whether it arrived: " + unknown.why());
            }
        }
        sources.done(trips);
        if (!done.isEmpty()) {
            desk.journal.append(MOVER, connection -> arrived(connection, done, rows));
        }
    }

    private CopyRow row(Trip trip, StorageName to, Landed.Done arrived) {
        Instant now = desk.clock.now();
        return new CopyRow(
                trip.file().id(),
                to,
                CopyState.ARRIVED,
                arrived.path(),
                arrived.writing(),
                arrived.locator(),
                now,
                Optional.empty(),
                now,
                Optional.empty());
    }

    /** Under the files' locks: only leases that are still ours, and only where no good copy came meanwhile. */
    private Optional<Fact> arrived(Connection connection, List<Trip> trips, List<CopyRow> rows) throws SQLException {
        Map<DataId, Holding> now = desk.holdings.lock(
                connection, trips.stream().map(t -> t.lease().key()).toList());
        List<Leased> good =
                desk.demands.finish(connection, trips.stream().map(Trip::lease).toList());
        desk.demands.goOn(connection, good, desk.clock.now());
        List<CopyRow> copies = new ArrayList<>();
        List<StorageName> from = new ArrayList<>();
        for (int i = 0; i < trips.size(); i++) {
            CopyRow row = rows.get(i);
            Trip trip = trips.get(i);
            if (!good.contains(trip.lease())) {
                tooLate(trip);
                continue;
            }
            Optional<CopyRow> there = at(Optional.ofNullable(now.get(row.id())), row.storage());
            if (there.map(c -> isFree(c, trip.before())).orElse(true)) {
                copies.add(row);
                from.add(trip.source().copy().storage());
            }
        }
        return copies.isEmpty() ? Optional.empty() : Optional.of(new CopiesArrived(copies, from));
    }

    private void tooLate(Trip trip) {
        late.incrementAndGet();
        bytesInVain.addAndGet(trip.file().size().bytes());
    }

    /** How many arrivals of this node were refused because their demand had another worker or was gone. */
    public long refusedAsLate() {
        return late.get();
    }

    /** The bytes that this node carried for arrivals that were refused. */
    public ByteSize carriedInVain() {
        return new ByteSize(bytesInVain.get());
    }

    private static Optional<CopyRow> at(Optional<Holding> holding, StorageName to) {
        return holding.stream()
                .flatMap(h -> h.copies().stream())
                .filter(c -> c.storage().equals(to))
                .findFirst();
    }

    /** What was released while the bytes were on their way took them with it, where they went to the same path. */
    private static boolean isFree(CopyRow there, Optional<CopyRow> before) {
        return !blocks(there.state()) && (there.state() != CopyState.RELEASED || before.equals(Optional.of(there)));
    }

    /** An arrival never turns a copy that is being released, or one that stands, into something else. */
    private static boolean blocks(CopyState state) {
        return state.stands() || state == CopyState.RELEASING;
    }

    /** The source gave other bytes or none: that is an inspection of the source, and it counts as its first bad read. */
    private void sourceBad(Trip trip, Landed.SourceBad bad) {
        postpone(trip.lease(), "source " + trip.source().copy().storage() + ": " + bad.why());
        CopyRow source = trip.source().copy();
        Outcome outcome = bad.otherBytes() ? Outcome.CORRUPT : Outcome.UNREADABLE;
        if (!bad.otherBytes() && !sources.answers(source.storage())) {
            return;
        }
        Inspection seen = new Inspection(
                source, desk.clock.now(), outcome, ProofKind.WHOLE_READ, Optional.empty(), Optional.of(bad.why()));
        desk.journal.append(MOVER, connection -> {
            Holding now =
                    desk.holdings.lock(connection, List.of(source.id().key())).get(source.id());
            return Inspector.after(seen)
                    .filter(_ -> now != null && now.copies().contains(source) && source.state() != CopyState.SUSPECT)
                    .map(row -> new CopiesInspected(List.of(row), List.of(outcome)));
        });
    }

    private void postpone(Leased lease, String problem) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(lease.attempts(), 12));
        postpone(lease, wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY, problem);
    }

    private void postpone(Leased lease, Duration wait, String problem) {
        Instant due = desk.clock.now().plus(wait);
        desk.database.writeWork(connection -> {
            desk.demands.postpone(connection, lease, due, problem);
            return true;
        });
    }

    /**
     * One file on its way.
     *
     * @param sources where it may come from, the best first; never empty
     * @param before the copy that its target had when it set out
     */
    record Trip(Leased lease, FileRow file, List<Sources.Source> sources, Optional<CopyRow> before) {
        Sources.Source source() {
            return sources.getFirst();
        }

        /** The same trip, of which it was told who gave the bytes. */
        Trip by(Optional<Origin> told) {
            return sources.stream()
                    .filter(s -> told.isPresent() && s.afar().equals(told))
                    .findFirst()
                    .map(s -> new Trip(lease, file, List.of(s), before))
                    .orElse(this);
        }

        Cargo cargo() {
            return new Cargo(file.id(), file.size(), file.digests(), writing(), source().opening(), afar());
        }

        /** Between servers only where the best source can; the others are for when it fails. */
        private List<Origin> afar() {
            return source().afar().isEmpty()
                    ? List.of()
                    : sources.stream().flatMap(s -> s.afar().stream()).toList();
        }

        /** Bytes of a damaged copy stay where they are: the next writing has a path of its own. */
        private int writing() {
            return before.map(c -> c.state() == CopyState.MISSING ? c.writing() : c.writing() + 1)
                    .orElse(0);
        }
    }
}
