package holdfast.server.work;

import holdfast.catalog.CopyState;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Holding;
import holdfast.retention.Act;
import holdfast.retention.Quorum;
import holdfast.retention.Quorum.Signatory;
import holdfast.retention.Quorum.Term;
import holdfast.retention.ReleaseGuard.Obstacle;
import holdfast.retention.Removal;
import holdfast.retention.Removal.Leave;
import holdfast.retention.RetentionFact.ActChanged;
import holdfast.retention.RetentionFact.ActChanged.Step;
import holdfast.retention.RetentionFact.CopiesDecided;
import holdfast.retention.RetentionFact.CopiesDecided.Decision;
import holdfast.retention.SignedAct;
import holdfast.retention.SignedAct.State;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.WithheldTable;
import holdfast.server.sql.WithheldTable.Withheld;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageElement.Deletes;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Removes the copies of releases whose undo window is over, one file in a transaction: the rows of the file are locked,
 * the guard judges once more, the driver removes, and the fact is recorded before the locks go. A crash in between leaves
 * a copy that is being released and has no bytes; the next turn sees that and says so.
 */
public final class ReleaseWorker {
    private static final Actor RELEASER = new Actor("releaser");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Workplace place;
    private final ReleaseCircumstances circumstances;
    private final Signatories signatories;
    private final Holdings holdings;
    private final ActTables acts = new ActTables();

    public ReleaseWorker(Workplace place, ReleaseCircumstances circumstances, Signatories signatories) {
        this.place = place;
        this.circumstances = circumstances;
        this.signatories = signatories;
        this.holdings = new Holdings(place.words());
    }

    /** Goes through the releases that may be carried out; answers how many copies were removed. */
    public int step() {
        Optional<Lease> lease = place.leases().take("release", LEASE);
        if (lease.isEmpty()) {
            return 0;
        }
        Instant now = place.now();
        int removed = 0;
        for (SignedAct act : place.database().read(acts::goingOn)) {
            if (act.state() == State.SIGNED
                    && act.act() instanceof Act.ReleaseCopies release
                    && !now.isBefore(act.undoUntil())) {
                removed += carryOut(act, release, lease.get());
            }
        }
        return removed;
    }

    private int carryOut(SignedAct act, Act.ReleaseCopies release, Lease lease) {
        Optional<Station> station = place.station(release.from());
        if (station.isEmpty() || !place.isOpen(station.get(), place.condition(release.from()))) {
            return 0;
        }
        Deletes deletes = station.get().element().deletes();
        if (deletes.by() == Deletes.By.SITE || isEarly(act, deletes)) {
            return 0;
        }
        int removed = 0;
        for (DataId file : going(release)) {
            AtomicReference<Optional<String>> withheld = new AtomicReference<>(Optional.empty());
            if (place.leases().take(lease.name(), LEASE).filter(lease::equals).isEmpty()) {
                return removed;
            }
            Appended appended = place.journal()
                    .append(
                            RELEASER,
                            connection ->
                                    remove(connection, act.id(), new Going(file, station.get(), lease, withheld)));
            note(act.id(), file, withheld.get());
            removed += appended instanceof Appended.Done ? 1 : 0;
        }
        if (going(release).isEmpty()) {
            end(act.id());
        }
        return removed;
    }

    /** Whoever looks at the act sees why, on every node. */
    private void note(UUID act, DataId file, Optional<String> why) {
        place.database().write(connection -> {
            if (why.isPresent()) {
                WithheldTable.put(connection, act, new Withheld(file, why.get(), place.now()));
            } else {
                WithheldTable.forget(connection, act, file);
            }
            return why;
        });
    }

    /** What waits for weeks is not locked and judged each time. */
    private boolean isEarly(SignedAct act, Deletes deletes) {
        return place.now().isBefore(act.undoUntil().plus(deletes.after()));
    }

    void end(UUID act) {
        place.journal().append(RELEASER, connection -> end(connection, act));
    }

    private record Going(DataId file, Station from, Lease lease, AtomicReference<Optional<String>> withheld) {
        void withhold(String why) {
            withheld.set(Optional.of(why));
        }
    }

    /** Files whose copy at the element is still being released. */
    List<DataId> going(Act.ReleaseCopies release) {
        return place
                .database()
                .read(connection -> holdings.of(
                        connection, release.files().stream().map(DataId::key).toList()))
                .stream()
                .filter(h -> h.copies().stream()
                        .anyMatch(c -> c.storage().equals(release.from()) && c.state() == CopyState.RELEASING))
                .map(Holding::id)
                .toList();
    }

    private Optional<Fact> remove(Connection connection, UUID id, Going going) throws SQLException {
        if (!place.leases().stillHolds(connection, going.lease)) {
            return Optional.empty();
        }
        SignedAct act = acts.lock(connection, id).orElseThrow();
        Map<DataId, Holding> locked = holdings.lock(connection, List.of(going.file.key()));
        Optional<Holding> holding = Optional.ofNullable(locked.get(going.file));
        if (holding.isEmpty()) {
            return Optional.empty();
        }
        Instant now = place.now();
        Optional<String> dead = deadSignature(connection, act, now);
        if (dead.isPresent()) {
            going.withhold(dead.get());
            Log.of(ReleaseWorker.class)
                    .log(Level.INFO, "{0} at {1} is not removed: {2}", going.file, going.from.name(), dead.get());
            return Optional.empty();
        }
        return switch (Removal.leave(
                act, holding.get(), circumstances.now(connection, now, List.of(going.file)), now)) {
            case Leave.Withheld withheld -> {
                going.withhold(
                        withheld.obstacles().stream().map(ReleaseWorker::text).collect(Collectors.joining("; ")));
                Log.of(ReleaseWorker.class)
                        .log(Level.INFO, "{0} at {1} is not removed: {2}", going.file, going.from.name(), withheld);
                yield Optional.empty();
            }
            // The plan in force said otherwise a moment ago, or one of the last 30 days does.
            case Leave.OfSite _ -> Optional.empty();
            case Leave.Granted granted -> remove(granted.removal(), going, now);
        };
    }

    private static String text(Obstacle obstacle) {
        return obstacle.clause().map(clause -> clause + ": ").orElse("") + obstacle.why();
    }

    /** A signature dies with the membership of its signer, until the bytes are gone. */
    Optional<String> deadSignature(Connection connection, SignedAct act, Instant now) {
        // Who signed and was retired since had signed: retiring takes back nothing, as leaving does.
        Function<Actor, Optional<Term>> terms = signatories.in(connection);
        Quorum quorum = new Quorum(signatories.rule(), who -> new Signatory(true, terms.apply(who)), now);
        return quorum.suffices(act.act(), quorum.standing(act))
                ? Optional.empty()
                : Optional.of("act " + act.id()
                        + " has too few signatures of members of today; withdraw it, or propose it anew");
    }

    private static Optional<Fact> remove(Removal removal, Going going, Instant now) {
        return switch (removal.by(going.from.driver())) {
            case Removed.Done _, Removed.Absent _ ->
                Optional.of(new CopiesDecided(
                        Decision.RELEASED,
                        List.of(removal.copy()
                                .state(CopyState.RELEASED, now, removal.copy().finding()))));
            case Removed.Unknown unknown -> {
                going.withhold("not known whether it was removed: " + unknown.why() + "; looked at again");
                Log.of(ReleaseWorker.class)
                        .log(
                                Level.WARNING,
                                "not known whether {0} at {1} was removed: {2}; looked at again",
                                going.file,
                                going.from.name(),
                                unknown.why());
                yield Optional.empty();
            }
        };
    }

    private Optional<Fact> end(Connection connection, UUID id) throws SQLException {
        return acts.lock(connection, id)
                .filter(act -> act.state() == State.SIGNED)
                .map(act -> new ActChanged(Step.DONE, act.ended(State.DONE, place.now())));
    }
}
