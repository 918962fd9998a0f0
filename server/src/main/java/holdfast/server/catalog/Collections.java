package holdfast.server.catalog;

import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CollectionRow;
import holdfast.catalog.DidType;
import holdfast.custody.InForce;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Describing.Saying;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.AccessTable;
import holdfast.server.sql.ArchiveTable;
import holdfast.server.sql.Catalogued;
import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.ContentTable;
import holdfast.server.sql.Database;
import holdfast.server.sql.ListedFile;
import holdfast.server.sql.NameSearch;
import holdfast.server.sql.NameTable;
import holdfast.server.sql.ScopesInUse;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private static final int AT_ONCE = 5_000;

    private final Desk desk;
    private final NameTable names;
    private final ContentTable contents;
    private final NameSearch search;
    private final CollectionTable table;
    private final Attaching attaching;
    private final Describing describing;
    private final ArchiveTable archives;
    private final ScopesInUse inUse;
    private final AccessTable accesses = new AccessTable();

    /**
     * What it works with.
     *
     * @param scopes whether a scope exists, for whoever may know of it
     * @param modes which scopes are only observed, and so refused
     */
    public record Desk(
            Database database,
            Words words,
            SqlJournal journal,
            HouseClock clock,
            Supplier<InForce> inForce,
            Predicate<Scope> scopes,
            ScopeModes modes,
            MetaConventions conventions) {}

    public Collections(Desk desk) {
        this.desk = desk;
        this.names = new NameTable(desk.words);
        this.contents = new ContentTable(desk.words);
        this.search = new NameSearch(desk.words);
        this.table = new CollectionTable(desk.words);
        this.attaching = new Attaching(desk);
        this.describing = new Describing(desk.words, desk.conventions);
        this.archives = new ArchiveTable(desk.words);
        this.inUse = new ScopesInUse(desk.database);
    }

    /**
     * What a name stands for; empty for one in a hidden scope, where nothing is looked for: so what is there takes as long as
     * what is not.
     */
    public Optional<Catalogued> find(DataId id, Visible sees) {
        return sees.allows(id) ? desk.database.read(connection -> names.find(connection, id)) : Optional.empty();
    }

    /** What a name stands for; 404 DataIdentifierNotFound where nothing has it. */
    public Catalogued must(DataId id, Visible sees) {
        return find(id, sees).orElseThrow(() -> notFound(id));
    }

    /** What some names stand for; those that nothing has are left out. */
    public Map<DataId, Catalogued> find(List<DataId> ids, Visible sees) {
        List<DataId> shown =
                sees.isWhole() ? ids : ids.stream().filter(sees::allows).toList();
        return shown.isEmpty() ? Map.of() : desk.database.read(connection -> names.find(connection, shown));
    }

    public static RucioError notFound(DataId id) {
        return RucioError.notFound("DataIdentifierNotFound", "Data identifier '%s' not found".formatted(id));
    }

    /** Makes collections, all or none. */
    public void make(List<NewCollection> wanted, Writer by) {
        make(wanted, List.of(), by);
    }

    /** Makes collections and puts things into collections, those just made or others, all or none. */
    public void make(List<NewCollection> wanted, List<Attachment> attachments, Writer by) {
        wanted.forEach(one -> check(one, by));
        attaching.mustFit(attachments, by);
        refuseObserved(attachments.stream().map(Attachment::parent).toList());
        append(by, "DataIdentifierAlreadyExists", connection -> {
            Map<DataId, CollectionRow> made = makeRows(connection, wanted);
            List<Fact> facts = new ArrayList<>();
            if (!made.isEmpty()) {
                facts.add(new CollectionsChanged(List.copyOf(made.values())));
            }
            facts.addAll(attaching.decide(
                    connection, made, attachments, new Attaching.How(Attaching.Duplicates.REFUSED, by)));
            return facts;
        });
    }

    /**
     * Refuses what making and attaching these would refuse, before anything is written for them: a call that registers
     * files first stores nothing where the rest of it is wrong. Files that are not there yet are passed over.
     */
    public void rehearse(List<NewCollection> wanted, List<Attachment> attachments, Attaching.How how) {
        wanted.forEach(one -> check(one, how.by()));
        attaching.mustFit(attachments, how.by());
        desk.database.write(connection -> {
            Map<DataId, CollectionRow> made = makeRows(connection, wanted);
            attaching.decide(connection, made, attaching.ofKnown(connection, made, attachments), how);
            return made;
        });
    }

    /** 409 UnsupportedOperation where another server manages the scope of one of these names. */
    void refuseObserved(Collection<DataId> ids) {
        desk.modes.refuseObserved(ids);
    }

    boolean isObserved(Scope scope) {
        return desk.modes.isObserved(scope);
    }

    private void check(NewCollection wanted, Writer by) {
        by.mustKnow(wanted.id().scope());
        by.mustWrite(List.of(wanted.id()));
        if (!desk.scopes.test(wanted.id().scope())) {
            throw Scopes.notFound();
        }
        desk.modes.refuseObserved(wanted.id().scope());
        var naming = desk.inForce.get().naming();
        if (!naming.hasForm(wanted.id().name())) {
            throw RucioError.invalid("Problem validating did: '%s' does not match '%s'"
                    .formatted(wanted.id().name(), naming.form()));
        }
        desk.conventions.check(DidType.of(wanted.kind()), wanted.metadata());
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
    public void attach(List<Attachment> attachments, Attaching.Duplicates duplicates, Writer by) {
        attaching.mustFit(attachments, by);
        refuseObserved(attachments.stream().map(Attachment::parent).toList());
        append(
                by,
                "DataIdentifierNotFound",
                connection -> attaching.decide(connection, Map.of(), attachments, new Attaching.How(duplicates, by)));
    }

    /** Takes things out of a collection, all or none; refused where its content may only grow. */
    public void detach(DataId parent, List<DataId> children, Writer by) {
        by.mustWrite(List.of(parent));
        refuseObserved(List.of(parent));
        append(by, "DataIdentifierNotFound", connection -> attaching.detach(connection, parent, children, by.sees()));
    }

    /** Says something of names, all or none; see {@link Metadata#sent}. */
    public void describe(Map<DataId, Metadata> said, Writer by) {
        Map<DataId, Saying> sayings = new HashMap<>();
        said.forEach((id, put) -> sayings.put(id, Saying.of(put)));
        say(sayings, by);
    }

    /** Says nothing more of a name under a key; 404 KeyNotFound where nothing was said. */
    public void forget(DataId id, String key, Writer by) {
        say(Map.of(id, Saying.without(key)), by);
    }

    private void say(Map<DataId, Saying> sayings, Writer by) {
        by.mustWrite(sayings.keySet());
        refuseObserved(sayings.keySet());
        append(by, "DataIdentifierNotFound", connection -> describing.decide(connection, sayings, desk.clock.now()));
    }

    /**
     * Says something of all that lies below a collection, some thousands at a time: what is large is not described in one
     * transaction. What a collection alone has is not handed down, and what is hidden from them stays as it is.
     */
    public void describeBelow(OfCollection collection, Metadata said, Writer by) {
        Metadata handed = Describing.handedDown(said);
        List<DataId> open = new ArrayList<>();
        desk.database.read(connection -> contents.below(connection, collection.number())).stream()
                .map(CollectionTable.Numbered::row)
                .map(CollectionRow::id)
                .filter(id -> !id.equals(collection.id()) && by.sees().allows(id))
                .forEach(open::add);
        files(collection, by.sees(), file -> open.add(file.id()));
        for (int from = 0; from < open.size(); from += AT_ONCE) {
            Map<DataId, Metadata> some = new HashMap<>();
            open.subList(from, Math.min(open.size(), from + AT_ONCE)).forEach(id -> some.put(id, handed));
            describe(some, by);
        }
    }

    /**
     * Closes a collection: its content is counted and changes no more. 409 UnsupportedOperation where it is closed or no
     * collection.
     */
    public void close(DataId id, Writer by) {
        change(id, by, (connection, found) -> {
            if (!found.row().open()) {
                throw unchangeable(id);
            }
            return found.row().close(contents.extent(connection, found.number()), desk.clock.now());
        });
    }

    /** Opens a closed collection again. */
    public void reopen(DataId id, Writer by) {
        change(id, by, (connection, found) -> {
            if (found.row().open()) {
                throw unchangeable(id);
            }
            return found.row().reopen(desk.clock.now());
        });
    }

    /** Brings back collections that went; what they held stays out. 404 where one never was or stands. */
    public void resurrect(List<DataId> ids, Writer by) {
        by.mustWrite(ids);
        refuseObserved(ids);
        append(by, "DataIdentifierNotFound", connection -> {
            List<CollectionRow> back = new ArrayList<>();
            for (DataId id : ids.stream().distinct().sorted().toList()) {
                CollectionRow row = table.lock(connection, id)
                        .map(CollectionTable.Numbered::row)
                        .orElseThrow(() -> notFound(id));
                if (!row.removed()) {
                    throw notFound(id);
                }
                back.add(row.restore(desk.clock.now()));
            }
            return back.isEmpty() ? List.of() : List.of(new CollectionsChanged(back));
        });
    }

    /** What becomes of a collection that stands, locked. */
    @FunctionalInterface
    private interface Next {
        CollectionRow of(Connection connection, CollectionTable.Numbered found) throws SQLException;
    }

    private void change(DataId id, Writer by, Next next) {
        by.mustWrite(List.of(id));
        refuseObserved(List.of(id));
        append(by, "DataIdentifierNotFound", connection -> {
            Optional<CollectionTable.Numbered> found =
                    table.lock(connection, id).filter(c -> !c.row().removed());
            if (found.isEmpty()) {
                throw names.find(connection, id).isPresent() ? unchangeable(id) : notFound(id);
            }
            return List.of(new CollectionsChanged(List.of(next.of(connection, found.get()))));
        });
    }

    private static RucioError unchangeable(DataId id) {
        return RucioError.conflict(
                "UnsupportedOperation", "The status of the data identifier '%s' cannot be changed".formatted(id));
    }

    /** What a container holds itself. */
    public List<OfCollection> children(OfCollection container, Visible sees) {
        return new Shown(sees)
                .collections(desk.database.read(connection -> contents.children(connection, container.number())));
    }

    /** The collections that hold a name themselves. */
    public List<OfCollection> parents(Catalogued child, Visible sees) {
        return new Shown(sees).collections(desk.database.read(connection -> switch (child) {
            case Catalogued.OfFile file ->
                contents.parents(connection, file.id().key());
            case OfCollection collection -> contents.parents(connection, collection.number());
        }));
    }

    /** The collections that hold a name, itself or through others, the nearest first, each once. */
    public List<OfCollection> above(Catalogued child, Visible sees) {
        Map<DataId, OfCollection> above = new LinkedHashMap<>();
        List<Catalogued> level = List.of(child);
        while (!level.isEmpty()) {
            List<Catalogued> next = new ArrayList<>();
            for (Catalogued one : level) {
                for (OfCollection parent : parents(one, sees)) {
                    if (above.putIfAbsent(parent.id(), parent) == null) {
                        next.add(parent);
                    }
                }
            }
            level = next;
        }
        return List.copyOf(above.values());
    }

    /** Every file below a collection, each once, as it comes out of the database. */
    public void files(OfCollection collection, Visible sees, Consumer<ListedFile> sink) {
        Consumer<ListedFile> only = new Shown(sees).only(sink);
        desk.database.stream(connection -> {
            contents.files(connection, contents.datasets(connection, collection.number()), only);
            return true;
        });
    }

    /** Every file that an archive holds, as it comes out of the database; nothing for what is none. */
    public void archived(DataId archive, Visible sees, Consumer<ListedFile> sink) {
        Consumer<ListedFile> only = new Shown(sees).only(sink);
        desk.database.stream(connection -> {
            archives.content(connection, archive, only);
            return true;
        });
    }

    /** What clients and archives tell of some names beside their own rows; {@link Noted#NOTHING} of all others. */
    public Map<DataId, Noted> noted(List<DataId> ids, Visible sees) {
        return desk.database.read(connection -> {
            Map<DataId, Instant> used = accesses.last(connection, ids);
            Map<DataId, ArchiveTable.Role> roles = archives.roles(connection, ids, sees);
            Map<DataId, Noted> noted = new HashMap<>();
            for (DataId id : ids) {
                noted.put(
                        id,
                        new Noted(Optional.ofNullable(used.get(id)), roles.getOrDefault(id, ArchiveTable.Role.NONE)));
            }
            return noted;
        });
    }

    /** The datasets that hold a file with this GUID. */
    public List<OfCollection> datasetsOfGuid(String guid, Visible sees) {
        return new Shown(sees).collections(desk.database.read(connection -> search.datasetsOfGuid(connection, guid)));
    }

    /**
     * Goes through names of a scope; through none of one that is hidden.
     *
     * @param sink answers whether it wants more
     */
    public void search(Search wanted, Visible sees, Predicate<Catalogued> sink) {
        if (sees.allows(wanted.scope())) {
            desk.database.stream(connection -> {
                wanted.in(connection, names, search, sink);
                return true;
            });
        }
    }

    /** Names of a scope that no collection holds, as far as somebody may know. */
    public void tops(Scope scope, Visible sees, Consumer<Catalogued> sink) {
        Predicate<Catalogued> each = named -> {
            sink.accept(named);
            return true;
        };
        List<Scope> hidden = hidden(sees);
        if (sees.allows(scope)) {
            desk.database.stream(connection -> search.looseCollections(connection, scope, hidden, each)
                    && search.looseFiles(connection, scope, hidden, each));
        }
    }

    /** Collections of a scope that no container holds, as far as somebody may know. */
    public List<OfCollection> topCollections(Scope scope, Visible sees) {
        List<OfCollection> tops = new ArrayList<>();
        List<Scope> hidden = hidden(sees);
        if (sees.allows(scope)) {
            desk.database.stream(connection -> search.looseCollections(connection, scope, hidden, named -> {
                if (named instanceof OfCollection collection) {
                    tops.add(collection);
                }
                return true;
            }));
        }
        return tops;
    }

    /** Scopes in which there is something that somebody may not know of. */
    private List<Scope> hidden(Visible sees) {
        return sees.isWhole()
                ? List.of()
                : inUse.all().stream().filter(scope -> !sees.allows(scope)).toList();
    }

    /** Files and bytes below a collection, as they are now. */
    public CollectionRow.Extent extent(OfCollection collection) {
        return desk.database.read(connection -> contents.extent(connection, collection.number()));
    }

    /** Records what is decided; a row that is not as the decision saw it is an error of this kind. */
    private void append(Writer by, String conflict, SqlJournal.Decisions decisions) {
        AtomicBoolean nothing = new AtomicBoolean();
        Appended appended = desk.journal.appendAll(new Actor(by.account().name()), connection -> {
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
