package holdfast.server.catalog;

import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CollectionRow;
import holdfast.custody.InForce;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Catalogued;
import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.server.sql.ContentTable;
import holdfast.server.sql.Database;
import holdfast.server.sql.ListedFile;
import holdfast.server.sql.NameTable;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Datasets and containers: making them, putting things in and taking them out, and what they hold. Each change is one
 * transaction, whole or not at all; what is wrong with it ends it as a {@link RucioError}.
 */
public final class Collections {
    private final Desk desk;
    private final NameTable names;
    private final ContentTable contents;
    private final Attaching attaching;

    /**
     * What it works with.
     *
     * @param scopes whether a scope exists
     */
    public record Desk(
            Database database,
            Words words,
            SqlJournal journal,
            HouseClock clock,
            Supplier<InForce> inForce,
            Predicate<Scope> scopes) {}

    public Collections(Desk desk) {
        this.desk = desk;
        this.names = new NameTable(desk.words);
        this.contents = new ContentTable(desk.words);
        this.attaching = new Attaching(desk.words);
    }

    /** What a name stands for. */
    public Optional<Catalogued> find(DataId id) {
        return desk.database.read(connection -> names.find(connection, id));
    }

    /** What a name stands for; 404 DataIdentifierNotFound where nothing has it. */
    public Catalogued must(DataId id) {
        return find(id).orElseThrow(() -> notFound(id));
    }

    /** What some names stand for; those that nothing has are left out. */
    public Map<DataId, Catalogued> find(List<DataId> ids) {
        return desk.database.read(connection -> names.find(connection, ids));
    }

    public static RucioError notFound(DataId id) {
        return RucioError.notFound("DataIdentifierNotFound", "Data identifier '%s' not found".formatted(id));
    }

    /** Makes collections, all or none. */
    public void make(List<NewCollection> wanted, AccountName by) {
        make(wanted, List.of(), by);
    }

    /** Makes collections and puts things into collections, those just made or others, all or none. */
    public void make(List<NewCollection> wanted, List<Attachment> attachments, AccountName by) {
        wanted.forEach(this::check);
        append(by, "DataIdentifierAlreadyExists", connection -> {
            Map<DataId, CollectionRow> made = makeRows(connection, wanted);
            List<Fact> facts = new ArrayList<>();
            if (!made.isEmpty()) {
                facts.add(new CollectionsChanged(List.copyOf(made.values())));
            }
            facts.addAll(attaching.decide(connection, made, attachments, Attaching.Duplicates.REFUSED));
            return facts;
        });
    }

    private void check(NewCollection wanted) {
        if (!desk.scopes.test(wanted.id().scope())) {
            throw RucioError.notFound("ScopeNotFound", "Scope not found!");
        }
        var naming = desk.inForce.get().naming();
        if (!naming.hasForm(wanted.id().name())) {
            throw RucioError.invalid("Problem validating did: '%s' does not match '%s'"
                    .formatted(wanted.id().name(), naming.form()));
        }
    }

    private Map<DataId, CollectionRow> makeRows(Connection connection, List<NewCollection> wanted) throws SQLException {
        Instant now = desk.clock.now();
        Map<DataId, CollectionRow> made = new HashMap<>();
        for (NewCollection one : wanted) {
            CollectionRow row = CollectionRow.begin(
                            one.id(), one.kind(), one.account(), one.metadata().text(), now)
                    .withMonotonic(one.monotonic(), now)
                    .expiring(one.lifetime().map(now::plus), now);
            if (made.put(one.id(), row) != null) {
                throw exists();
            }
        }
        if (!names.taken(connection, List.copyOf(made.keySet())).isEmpty()) {
            throw exists();
        }
        return made;
    }

    private static RucioError exists() {
        return RucioError.conflict("DataIdentifierAlreadyExists", "Data Identifier already exists!");
    }

    /** Puts things into collections, all or none. */
    public void attach(List<Attachment> attachments, Attaching.Duplicates duplicates, AccountName by) {
        append(
                by,
                "DataIdentifierNotFound",
                connection -> attaching.decide(connection, Map.of(), attachments, duplicates));
    }

    /** Takes things out of a collection, all or none; refused where its content may only grow. */
    public void detach(DataId parent, List<DataId> children, AccountName by) {
        append(by, "DataIdentifierNotFound", connection -> attaching.detach(connection, parent, children));
    }

    /** What a container holds itself. */
    public List<OfCollection> children(OfCollection container) {
        return desk.database.read(connection -> contents.children(connection, container.number())).stream()
                .map(c -> new OfCollection(c.number(), c.row()))
                .toList();
    }

    /** The collections that hold a name themselves. */
    public List<OfCollection> parents(Catalogued child) {
        return desk
                .database
                .read(connection -> switch (child) {
                    case Catalogued.OfFile file ->
                        contents.parents(connection, file.id().key());
                    case OfCollection collection -> contents.parents(connection, collection.number());
                })
                .stream()
                .map(c -> new OfCollection(c.number(), c.row()))
                .toList();
    }

    /** Every file below a collection, each once, as it comes out of the database. */
    public void files(OfCollection collection, Consumer<ListedFile> sink) {
        desk.database.stream(connection -> {
            contents.files(connection, contents.datasets(connection, collection.number()), sink);
            return true;
        });
    }

    /** Files and bytes below a collection, as they are now. */
    public CollectionRow.Extent extent(OfCollection collection) {
        return desk.database.read(connection -> contents.extent(connection, collection.number()));
    }

    /** Records what is decided; a row that is not as the decision saw it is an error of this kind. */
    private void append(AccountName by, String conflict, SqlJournal.Decisions decisions) {
        AtomicBoolean nothing = new AtomicBoolean();
        Appended appended = desk.journal.appendAll(new Actor(by.name()), connection -> {
            List<? extends Fact> facts = decisions.decide(connection);
            nothing.set(facts.isEmpty());
            return facts;
        });
        switch (appended) {
            case Appended.Done done -> {}
            case Appended.Refused refused -> {
                if (!nothing.get()) {
                    throw RucioError.conflict(conflict, refused.why());
                }
            }
            case Appended.Unknown unknown ->
                throw RucioError.of(
                        503,
                        "DatabaseException",
                        "the database did not answer; look whether the change stands there: " + unknown.why());
        }
    }
}
