package holdfast.server.catalog;

import holdfast.catalog.CatalogFact.CopiesClaimed;
import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Holding;
import holdfast.retention.RetentionFact.CopiesDecided;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.CopiesAt.MarkedCopy;
import holdfast.server.sql.Marks;
import holdfast.server.sql.Marks.Marked;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.Visible;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What clients say of copies that stand: that an upload ended, that one is bad, suspicious or out of reach. Nothing is
 * deleted for it. A copy that is declared bad counts no more until it was read again, and is shown as bad until then.
 */
public final class Doubts {
    /** What is shown as suspicious; such a copy counts as before. */
    public static final char SUSPICIOUS = 'S';

    private static final int TRIES = 3;

    private final Replicas.Desk desk;
    private final Marks marks;
    private final CopyNames names;
    private final Replicas replicas;

    public Doubts(Replicas replicas) {
        this.desk = replicas.desk();
        this.marks = new Marks(desk.words());
        this.names = replicas.names();
        this.replicas = replicas;
    }

    /** Who says what, why and until when. */
    public record Saying(Writer by, Optional<String> why, Optional<Instant> until) {}

    /** A file at an element. */
    public record Of(DataId id, ReplicaPlace place) {}

    /** What is said of some copies becomes of those that stand; the others are named, by element. */
    public Map<String, List<String>> declare(List<Of> copies, ReplicaState state, Saying saying) {
        return byPlace(copies, (place, ids) -> said(place, ids, state.letter(), saying));
    }

    /** Those of some copies that do not stand, by element: what {@link #declare} would answer, and nothing is said. */
    public Map<String, List<String>> missing(List<Of> copies, Visible sees) {
        return byPlace(
                copies,
                (place, ids) -> desk.database().read(connection -> {
                    Map<DataId, Holding> known = new HashMap<>();
                    desk.holdings()
                            .of(connection, ids.stream().map(DataId::key).toList())
                            .forEach(h -> known.put(h.id(), h));
                    known.keySet().removeIf(id -> !sees.allows(id));
                    return problems(known, place, ids, _ -> {});
                }));
    }

    private static List<String> problems(
            Map<DataId, Holding> known, ReplicaPlace place, List<DataId> ids, Consumer<CopyRow> standing) {
        List<String> problems = new ArrayList<>();
        for (DataId id : ids) {
            Optional<CopyRow> copy = copy(known, id, place);
            copy.filter(c -> c.state().stands())
                    .ifPresentOrElse(
                            standing,
                            () -> problems.add(id + (copy.isPresent() ? " Already declared" : " Unknown replica")));
        }
        return problems;
    }

    public Map<String, List<String>> suspect(List<Of> copies, Saying saying) {
        return byPlace(copies, (place, ids) -> said(place, ids, SUSPICIOUS, saying));
    }

    /** The copies that some addresses name; those that name none are told, by element where it is known. */
    public List<Of> named(List<String> pfns, Visible sees, Map<String, List<String>> unknown) {
        List<Of> found = new ArrayList<>();
        for (CopyNames.Named named : names.of(pfns, sees)) {
            named.file()
                    .ifPresentOrElse(
                            id -> found.add(new Of(id, named.place().orElseThrow())),
                            () -> unknown.computeIfAbsent(
                                            named.place()
                                                    .map(p -> p.name().name())
                                                    .orElse("unknown"),
                                            k -> new ArrayList<>())
                                    .add(named.pfn() + " Unknown replica"));
        }
        return found;
    }

    @FunctionalInterface
    private interface AtPlace {
        List<String> say(ReplicaPlace place, List<DataId> ids);
    }

    private static Map<String, List<String>> byPlace(List<Of> copies, AtPlace each) {
        Map<ReplicaPlace, List<DataId>> byPlace = new HashMap<>();
        copies.forEach(
                c -> byPlace.computeIfAbsent(c.place, p -> new ArrayList<>()).add(c.id));
        Map<String, List<String>> not = new TreeMap<>();
        byPlace.forEach((place, ids) -> {
            List<String> problems = each.say(place, ids);
            if (!problems.isEmpty()) {
                not.put(place.name().name(), problems);
            }
        });
        return not;
    }

    private List<String> said(ReplicaPlace place, List<DataId> ids, char letter, Saying saying) {
        Visible sees = saying.by.sees();
        List<DataId> shown = ids.stream().filter(sees::allows).toList();
        replicas.refuseObserved(shown);
        List<String> problems = new ArrayList<>();
        change(saying.by, connection -> {
            problems.clear();
            Map<DataId, Holding> locked = desk.holdings()
                    .lock(connection, shown.stream().map(DataId::key).toList());
            List<CopyRow> standing = new ArrayList<>();
            problems.addAll(problems(locked, place, ids, standing::add));
            mark(connection, place, letter, saying, standing);
            if (letter != ReplicaState.BAD.letter() || standing.isEmpty()) {
                return List.of();
            }
            Instant now = desk.clock().now();
            Optional<String> why =
                    Optional.of("declared bad" + saying.why.map(w -> ": " + w).orElse(""));
            return List.of(new CopiesDecided(
                    CopiesDecided.Decision.READ_AGAIN,
                    standing.stream()
                            .map(c -> c.state(CopyState.CLAIMED, now, why))
                            .toList()));
        });
        return problems;
    }

    private void mark(Connection connection, ReplicaPlace place, char letter, Saying saying, List<CopyRow> copies)
            throws SQLException {
        marks.put(
                connection,
                new Marks.Saying(
                        place.name(),
                        letter,
                        desk.clock().now(),
                        saying.until,
                        saying.by.account().name(),
                        saying.why),
                copies.stream()
                        .map(c -> new Marked(c.id().key(), Optional.empty()))
                        .toList());
    }

    private static Optional<CopyRow> copy(Map<DataId, Holding> locked, DataId id, ReplicaPlace place) {
        return locked.getOrDefault(id, Holding.unknown(id)).copies().stream()
                .filter(c -> c.storage().equals(place.name()) && c.state() != CopyState.RELEASED)
                .findFirst();
    }

    /** Uploads ended, or what was said of copies holds no more: they are available. */
    public void available(Writer by, ReplicaPlace place, List<DataId> ids) {
        ids.stream().filter(id -> !by.sees().allows(id)).findFirst().ifPresent(id -> {
            throw notFound(id, place);
        });
        replicas.refuseObserved(ids);
        change(by, connection -> {
            List<NameKey> keys = ids.stream().map(DataId::key).toList();
            Map<DataId, Holding> locked = desk.holdings().lock(connection, keys);
            Map<NameKey, Optional<String>> taken = new HashMap<>();
            marks.take(connection, place.name(), keys).forEach(m -> taken.put(m.key(), m.path()));
            List<CopyRow> arrived = new ArrayList<>();
            for (DataId id : ids) {
                Optional<CopyRow> copy = copy(locked, id, place);
                if (copy.isEmpty()) {
                    arrived.add(claimed(
                            id, place, Optional.ofNullable(taken.get(id.key())).flatMap(p -> p)));
                } else if (copy.get().state().isDamage()) {
                    throw RucioError.conflict(
                            "UnsupportedOperation",
                            "%s at %s was read and is %s; it is available again when a reading shows it whole"
                                    .formatted(id, place.name(), copy.get().state()));
                }
            }
            return arrived.isEmpty() ? List.of() : List.of(new CopiesClaimed(arrived));
        });
    }

    private CopyRow claimed(DataId id, ReplicaPlace place, Optional<String> path) {
        StoragePath at = path.map(StoragePath::new).orElseThrow(() -> notFound(id, place));
        return Told.claimed(id, place.name(), at, desk.clock().now());
    }

    /** Copies of which one of these things is said, as they are read. */
    public void marked(String letters, Visible sees, Consumer<MarkedCopy> out) {
        Consumer<MarkedCopy> only = copy -> {
            if (sees.allows(copy.id())) {
                out.accept(copy);
            }
        };
        desk.database().stream(connection -> {
            new holdfast.server.sql.CopiesAt(desk.words()).marked(connection, letters, only);
            return Boolean.TRUE;
        });
    }

    /** 404 where a file has no copy at an element. */
    public void mustExist(DataId id, ReplicaPlace place, Visible sees) {
        Optional<Holding> holding =
                desk.database().read(connection -> desk.holdings().find(connection, id));
        boolean there = holding.stream()
                .flatMap(h -> h.copies().stream())
                .anyMatch(c -> c.storage().equals(place.name()) && c.state() != CopyState.RELEASED);
        if (!there || !sees.allows(id)) {
            throw notFound(id, place);
        }
    }

    private static RucioError notFound(DataId id, ReplicaPlace place) {
        return RucioError.notFound("ReplicaNotFound", "Replica not found: " + id + " at " + place.name());
    }

    private void change(Writer by, holdfast.server.sql.SqlJournal.Decisions decisions) {
        for (int i = 0; i < TRIES; i++) {
            boolean[] nothing = {false};
            Appended appended = desk.journal().appendAll(new Actor(by.account().name()), connection -> {
                List<? extends Fact> facts = decisions.decide(connection);
                nothing[0] = facts.isEmpty();
                return facts;
            });
            if (nothing[0] || appended instanceof Appended.Done) {
                return;
            }
            if (appended instanceof Appended.Unknown unknown) {
                throw RucioError.of(503, "DatabaseException", "not known whether it was recorded: " + unknown.why());
            }
        }
        throw RucioError.of(503, "ResourceTemporaryUnavailable", "others change these copies just now; send it again");
    }
}
