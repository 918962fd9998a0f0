package holdfast.server.work;

import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CatalogFact.ContentChanged;
import holdfast.catalog.CatalogFact.ContentChanged.Change;
import holdfast.catalog.CollectionRow;
import holdfast.journal.Fact;
import holdfast.placement.PlacementFact.RulesChanged;
import holdfast.placement.Rule;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.ContentTable;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.Marks;
import holdfast.server.sql.RuleTables;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out what collections were given as their end: the rules over one end, it leaves what holds it and lets go of what
 * it holds, and is removed; its name is kept for ever. No copy is touched: files stay, and what nothing needs any more is
 * released by signatures as ever. What programs said of copies for a while ends here too. Large ones go in steps, each a transaction of its own; one that was cut off goes on.
 */
public final class ExpiryWorker {
    private static final Actor ENDER = new Actor("expiry");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int COLLECTIONS = 20;
    private static final int FILES = 5_000;

    private final Workplace place;
    private final CollectionTable collections;
    private final ContentTable contents;
    private final RuleTables rules;
    private final Marks marks;

    public ExpiryWorker(Workplace place) {
        this.place = place;
        this.collections = new CollectionTable(place.words());
        this.contents = new ContentTable(place.words());
        this.rules = new RuleTables(place.words());
        this.marks = new Marks(place.words());
    }

    /** One turn; answers how many steps were taken. */
    public int step() {
        Optional<Lease> lease = place.leases().take("expiry", LEASE);
        if (lease.isEmpty()) {
            return 0;
        }
        Instant now = place.now();
        place.database().writeWork(connection -> marks.forget(connection, now));
        List<DataId> over = place.database().read(connection -> contents.expired(connection, now, COLLECTIONS));
        for (DataId id : over) {
            place.journal().appendAll(ENDER, connection -> end(connection, id, now));
        }
        return over.size();
    }

    /** The next step of one that is over; nothing where somebody gave it another end meanwhile. */
    private List<Fact> end(Connection connection, DataId id, Instant now) throws SQLException {
        Optional<CollectionTable.Numbered> locked =
                collections.lock(connection, id).filter(c -> isOver(c.row(), now));
        if (locked.isEmpty()) {
            return List.of();
        }
        CollectionTable.Numbered found = locked.get();
        List<Fact> facts = new ArrayList<>();
        List<Rule> ended = new ArrayList<>();
        for (Rule rule : rules.about(connection, List.of(id.key()), false)) {
            rules.lock(connection, rule.id()).filter(r -> !r.removed()).ifPresent(r -> ended.add(r.remove(now)));
        }
        if (!ended.isEmpty()) {
            facts.add(new RulesChanged(ended));
        }
        for (DataId parent : parents(connection, found)) {
            facts.add(new ContentChanged(Change.DETACHED, parent, List.of(id)));
        }
        List<DataId> content = content(connection, found);
        if (!content.isEmpty()) {
            facts.add(new ContentChanged(Change.DETACHED, id, content));
        }
        if (content.size() < FILES) {
            facts.add(new CollectionsChanged(List.of(found.row().remove(now))));
        }
        return facts;
    }

    private static boolean isOver(CollectionRow row, Instant now) {
        return !row.removed()
                && row.times().expires().filter(end -> !end.isAfter(now)).isPresent();
    }

    /** The containers that hold it, locked, so that it is in each of them until it is taken out. */
    private List<DataId> parents(Connection connection, CollectionTable.Numbered found) throws SQLException {
        List<DataId> parents = contents.parents(connection, found.number()).stream()
                .map(p -> p.row().id())
                .sorted((a, b) -> a.key().compareTo(b.key()))
                .toList();
        for (DataId parent : parents) {
            collections.lock(connection, parent);
        }
        List<DataId> still = contents.parents(connection, found.number()).stream()
                .map(p -> p.row().id())
                .toList();
        return parents.stream().filter(still::contains).toList();
    }

    private List<DataId> content(Connection connection, CollectionTable.Numbered found) throws SQLException {
        return switch (found.row().kind()) {
            case DATASET -> contents.someFiles(connection, found.number(), FILES);
            case CONTAINER ->
                contents.children(connection, found.number()).stream()
                        .map(c -> c.row().id())
                        .toList();
        };
    }
}
