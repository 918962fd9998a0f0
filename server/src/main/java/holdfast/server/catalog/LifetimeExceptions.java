package holdfast.server.catalog;

import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CollectionRow;
import holdfast.catalog.DidType;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Catalogued;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.Database;
import holdfast.server.sql.Registry;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Requests that collections with an end live longer. One that is approved moves their end: to the date it asks for, or to
 * never where it asks for none.
 */
public final class LifetimeExceptions {
    private final Desk desk;
    private final CollectionTable table;
    private final Shelf<LifetimeException> shelf;

    /** What it works with. */
    public record Desk(Database database, Words words, SqlJournal journal, Collections collections, HouseClock clock) {}

    /** What is decided of it. */
    public enum State {
        WAITING,
        APPROVED,
        REJECTED
    }

    /** A name and what it stands for; a name that stands for nothing is told as a dataset, as the field's server does. */
    public record Named(String scope, String name, DidType type) {
        static Named of(DataId id, DidType type) {
            return new Named(id.scope().name(), id.name(), type);
        }

        DataId id() {
            return new DataId(new Scope(scope), name);
        }
    }

    /** One request. */
    public record LifetimeException(
            List<Named> dids,
            String account,
            String comments,
            Optional<String> pattern,
            State state,
            Instant created,
            Instant updated,
            Optional<Instant> expires) {
        private Optional<LifetimeException> seen(Visible sees) {
            List<Named> known = dids.stream()
                    .filter(did -> sees.allows(new Scope(did.scope)))
                    .toList();
            return known.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new LifetimeException(known, account, comments, pattern, state, created, updated, expires));
        }

        private LifetimeException decided(State next, Instant at) {
            return new LifetimeException(dids, account, comments, pattern, next, created, at, expires);
        }
    }

    /** What somebody asks for. */
    public record Asked(String comments, Optional<String> pattern, Optional<Instant> expires) {}

    /**
     * What became of a request.
     *
     * @param id empty where it affects nothing
     * @param notAffected files, and collections without an end
     */
    public record Made(Optional<UUID> id, List<Named> affected, List<Named> unknown, List<Named> notAffected) {}

    public LifetimeExceptions(Desk desk, Registry registry) {
        this.desk = desk;
        this.table = new CollectionTable(desk.words);
        this.shelf = new Shelf<>(registry, "lifetime-exception", LifetimeException.class);
    }

    /** By id, those that name something that may be known of, and of these what may be. */
    public NavigableMap<String, LifetimeException> all(Visible sees) {
        NavigableMap<String, LifetimeException> known = new TreeMap<>();
        shelf.all().forEach((id, one) -> one.seen(sees).ifPresent(seen -> known.put(id, seen)));
        return known;
    }

    /** @param id 32 hex digits; 404 LifetimeExceptionNotFound where there is none that may be known of */
    public LifetimeException must(String id, Visible sees) {
        return shelf.find(id).flatMap(one -> one.seen(sees)).orElseThrow(() -> notFound(id));
    }

    private static RucioError notFound(String id) {
        return RucioError.notFound("LifetimeExceptionNotFound", "Lifetime exception '" + id + "' not found");
    }

    public Made add(Writer who, List<DataId> wanted, Asked asked) {
        Map<DataId, Catalogued> found = desk.collections.find(wanted, who.sees());
        List<Named> affected = new ArrayList<>();
        List<Named> unknown = new ArrayList<>();
        List<Named> notAffected = new ArrayList<>();
        for (DataId id : wanted) {
            Optional<Catalogued> one = Optional.ofNullable(found.get(id));
            if (one.isEmpty()) {
                unknown.add(Named.of(id, DidType.DATASET));
            } else if (one.get() instanceof Catalogued.OfCollection collection
                    && collection.row().times().expires().isPresent()) {
                affected.add(Named.of(id, collection.type()));
            } else {
                notAffected.add(Named.of(id, one.get().type()));
            }
        }
        if (affected.isEmpty()) {
            return new Made(Optional.empty(), affected, unknown, notAffected);
        }
        return new Made(Optional.of(keep(who.account(), affected, asked)), affected, unknown, notAffected);
    }

    private UUID keep(AccountName who, List<Named> affected, Asked asked) {
        UUID id = Database.newId();
        Instant now = desk.clock.now();
        LifetimeException made = new LifetimeException(
                affected, who.name(), asked.comments(), asked.pattern(), State.WAITING, now, now, asked.expires());
        shelf.change(who, documents -> {
            boolean there = shelf.all(documents).values().stream()
                    .anyMatch(other -> other.state() == State.WAITING
                            && other.dids().equals(affected)
                            && other.account().equals(who.name()));
            if (there) {
                throw RucioError.conflict(
                        "LifetimeExceptionDuplicate", "An exception for these DIDs waits for a decision already");
            }
            return List.of(shelf.put(key(id), made));
        });
        return id;
    }

    private static String key(UUID id) {
        return holdfast.server.api.rucio.wire.Ids.text(id);
    }

    /** The ends move first: an exception that says it is approved is in effect. */
    public void decide(AccountName who, String id, State state, Visible sees) {
        must(id, sees);
        LifetimeException exception = must(id, Visible.EVERYTHING);
        if (state == State.APPROVED) {
            desk.collections.refuseObserved(
                    exception.dids().stream().map(Named::id).toList());
            Instant now = desk.clock.now();
            desk.journal.append(
                    new Actor(who.name()),
                    connection -> moved(connection, exception, now).map(CollectionsChanged::new));
        }
        shelf.change(who, documents -> {
            LifetimeException old = shelf.find(documents, id).orElseThrow(() -> notFound(id));
            return List.of(shelf.put(id, old.decided(state, desk.clock.now())));
        });
    }

    /** Collections that end later than before; one that was given a later end meanwhile keeps it. */
    private Optional<List<CollectionRow>> moved(Connection connection, LifetimeException exception, Instant now)
            throws SQLException {
        List<CollectionRow> moved = new ArrayList<>();
        for (DataId did : exception.dids().stream().map(Named::id).sorted().toList()) {
            Optional<CollectionRow> row = table.lock(connection, did)
                    .map(CollectionTable.Numbered::row)
                    .filter(one -> !one.removed());
            row.filter(one -> one.times().expires().isPresent())
                    .filter(one -> exception
                            .expires()
                            .map(one.times().expires().get()::isBefore)
                            .orElse(true))
                    .ifPresent(one -> moved.add(one.expiring(exception.expires(), now)));
        }
        return moved.isEmpty() ? Optional.empty() : Optional.of(moved);
    }
}
