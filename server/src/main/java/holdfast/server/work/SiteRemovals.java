package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Holding;
import holdfast.retention.Act;
import holdfast.retention.Circumstances;
import holdfast.retention.Removal;
import holdfast.retention.Removal.Leave;
import holdfast.retention.RetentionFact.CopiesDecided;
import holdfast.retention.RetentionFact.CopiesDecided.Decision;
import holdfast.retention.RetentionFact.RemovalHanded;
import holdfast.retention.SignedAct;
import holdfast.retention.SignedAct.State;
import holdfast.retention.SiteRemoval.Handed;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.HandedTable;
import holdfast.server.sql.Holdings;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageElement.Deletes;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Removals that a site's own process carries out: what waits for it, one leave at a time, and what became of it. What the
 * process says is a hint; a copy has gone when the house sees nothing at its path.
 */
public final class SiteRemovals {
    private static final Actor LOOKER = new Actor("releaser");
    private static final Duration LEAVE_LASTS = Duration.ofMinutes(10);

    private final Workplace place;
    private final ReleaseCircumstances circumstances;
    private final ReleaseWorker releases;
    private final Holdings holdings;
    private final ActTables acts = new ActTables();

    public SiteRemovals(Workplace place, ReleaseCircumstances circumstances, ReleaseWorker releases) {
        this.place = place;
        this.circumstances = circumstances;
        this.releases = releases;
        this.holdings = new Holdings(place.words());
    }

    /**
     * A copy that waits to be removed.
     *
     * @param mayGoFrom when the house would give leave; from its signing on it is shown, so that the site's own delay can run
     */
    public record Waiting(UUID act, DataId file, StorageName from, Instant mayGoFrom) {}

    /** What waits for a site's process, in the order of acts and files; at most so many, after the last one that was told. */
    public List<Waiting> of(SiteName site, Optional<Waiting> after, int most) {
        Instant now = place.now();
        Circumstances within = place.database().read(connection -> circumstances.read(connection, now));
        List<Waiting> found = new ArrayList<>();
        for (SignedAct act : signed(site)) {
            int past = after.map(a -> act.id().compareTo(a.act())).orElse(1);
            if (past < 0 || found.size() >= most) {
                continue;
            }
            Act.ReleaseCopies release = (Act.ReleaseCopies) act.act();
            Optional<Instant> from = Removal.mayGoFrom(act, release.from(), within);
            releases.going(release).stream()
                    .sorted()
                    .filter(file ->
                            past > 0 || file.compareTo(after.orElseThrow().file()) > 0)
                    .limit(most - found.size())
                    .forEach(file -> from.ifPresent(at -> found.add(new Waiting(act.id(), file, release.from(), at))));
        }
        return found;
    }

    /** Signed releases of elements where the site removes, by id. */
    private List<SignedAct> signed(SiteName site) {
        return place.database().read(acts::goingOn).stream()
                .filter(act -> act.state() == State.SIGNED && isOf(act, site))
                .sorted(Comparator.comparing(SignedAct::id))
                .toList();
    }

    private boolean isOf(SignedAct act, SiteName site) {
        return act.act() instanceof Act.ReleaseCopies(StorageName from, var _)
                && place.inForce()
                        .get()
                        .sites()
                        .element(from)
                        .filter(e -> e.site().equals(site) && e.deletes().by() == Deletes.By.SITE)
                        .isPresent();
    }

    /** A signed release of a copy at the site, with its signatures. */
    public SignedAct act(SiteName site, UUID id) {
        return place.database()
                .read(connection -> acts.find(connection, id))
                .filter(act -> act.state() == State.SIGNED && isOf(act, site))
                .orElseThrow(() -> none(site, id));
    }

    private static ActRefused none(SiteName site, UUID id) {
        return new ActRefused("no signed act " + id + " has removals of site " + site);
    }

    /** Judges once more and hands one copy over; while a leave lasts it is judged again and answered as it was. */
    public RemovalHanded leave(SiteName site, UUID id, DataId file, Actor by) {
        List<RemovalHanded> handed = new ArrayList<>();
        Appended appended = place.journal().append(by, connection -> {
            handed.clear();
            SignedAct act = acts.lock(connection, id).filter(a -> isOf(a, site)).orElseThrow(() -> none(site, id));
            Optional<Holding> holding = Optional.ofNullable(
                    holdings.lock(connection, List.of(file.key())).get(file));
            Instant now = place.now();
            releases.deadSignature(connection, act, now).ifPresent(why -> {
                throw new ActRefused(why);
            });
            Holding locked = holding.orElseThrow(() -> none(site, id));
            Optional<Instant> lasting = Optional.ofNullable(
                            HandedTable.of(connection, id).get(file))
                    .filter(now::isBefore);
            RemovalHanded one = switch (Removal.leave(
                    act, locked, circumstances.now(connection, now, List.of(file)), now)) {
                case Leave.OfSite(CopyRow copy) -> handed(act, locked, copy, lasting.orElse(now.plus(LEAVE_LASTS)));
                case Leave.Granted _ -> throw none(site, id);
                case Leave.Withheld withheld ->
                    throw new ActRefused("%s at %s is not to be removed now: %s"
                            .formatted(file, act.act().about().orElseThrow(), withheld.obstacles()));
            };
            handed.add(one);
            return lasting.isPresent() ? Optional.empty() : Optional.<Fact>of(one);
        });
        if (appended instanceof Appended.Unknown unknown) {
            throw new ActRefused("not known whether the leave was recorded: " + unknown.why() + "; ask again");
        }
        return handed.getFirst();
    }

    private static RemovalHanded handed(SignedAct act, Holding locked, CopyRow copy, Instant until) {
        FileRow file = locked.file().orElseThrow();
        return new RemovalHanded(
                new Handed(act.id(), locked.id(), copy.storage(), copy.path(), file.size(), until),
                file.digests().sha256());
    }

    /** Looks whether a copy has gone, and records it if so; answers whether it has. */
    public boolean look(SiteName site, UUID id, DataId file) {
        return seenGone(act(site, id), file);
    }

    private boolean seenGone(SignedAct act, DataId file) {
        StorageName from = act.act().about().orElseThrow();
        Optional<Station> station = place.station(from);
        if (station.isEmpty() || !place.isOpen(station.get(), place.condition(from))) {
            return false;
        }
        Appended appended =
                place.journal().append(LOOKER, connection -> gone(connection, act.id(), file, station.get()));
        if (releases.going((Act.ReleaseCopies) act.act()).isEmpty()) {
            releases.end(act.id());
        }
        return appended instanceof Appended.Done;
    }

    private Optional<Fact> gone(Connection connection, UUID id, DataId file, Station station) throws SQLException {
        Optional<SignedAct> act = acts.lock(connection, id).filter(a -> a.state() == State.SIGNED);
        Optional<Instant> until =
                Optional.ofNullable(HandedTable.of(connection, id).get(file));
        Optional<CopyRow> copy = Optional.ofNullable(
                        holdings.lock(connection, List.of(file.key())).get(file))
                .flatMap(h -> h.copies().stream()
                        .filter(c -> c.storage().equals(station.name()) && c.state() == CopyState.RELEASING)
                        .findFirst());
        if (act.isEmpty() || until.isEmpty() || copy.isEmpty()) {
            return Optional.empty();
        }
        Instant now = place.now();
        return switch (station.driver().look(copy.get().path())) {
            case Seen.Absent _ -> {
                HandedTable.forget(connection, id, file);
                yield Optional.of(new CopiesDecided(
                        Decision.RELEASED,
                        List.of(copy.get()
                                .state(CopyState.RELEASED, now, copy.get().finding()))));
            }
            case Seen.Present _ -> {
                if (!now.isBefore(until.get())) {
                    HandedTable.forget(connection, id, file);
                }
                yield Optional.empty();
            }
            case Seen.Unreachable _ -> Optional.empty();
        };
    }

    /** Looks at what was handed and never heard of again: a process may have ended between removing and telling. */
    public int step() {
        Instant now = place.now();
        int gone = 0;
        for (SignedAct act : place.database().read(acts::goingOn)) {
            if (act.state() != State.SIGNED || !(act.act() instanceof Act.ReleaseCopies)) {
                continue;
            }
            Map<DataId, Instant> handed = place.database().read(connection -> HandedTable.of(connection, act.id()));
            for (Map.Entry<DataId, Instant> one : handed.entrySet()) {
                gone += !now.isBefore(one.getValue()) && seenGone(act, one.getKey()) ? 1 : 0;
            }
        }
        return gone;
    }
}
