package holdfast.server.catalog;

import holdfast.access.Audiences;
import holdfast.catalog.CatalogFact.ContentChanged;
import holdfast.catalog.CatalogFact.ContentChanged.Change;
import holdfast.catalog.CollectionRow;
import holdfast.journal.Fact;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Attachment.Child;
import holdfast.server.sql.ChildTable;
import holdfast.server.sql.ChildTable.CollectionChild;
import holdfast.server.sql.ChildTable.FileChild;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.ContentTable;
import holdfast.server.sql.NameTable;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be put into a collection and taken out of it. A collection is locked before it is looked at; children
 * that are collections are held as they are, so that none of them is removed meanwhile. Files are never removed.
 */
public final class Attaching {
    /** No collection has this number. */
    private static final long NEW = -1;

    private static final int PRECONDITION = 412;

    private final Collections.Desk desk;
    private final CollectionTable collections;
    private final ChildTable children;
    private final ContentTable contents;
    private final NameTable names;
    private final Archiving archiving;

    /** What becomes of children that are in the collection already, or come twice. */
    public enum Duplicates {
        REFUSED,
        PASSED_OVER
    }

    Attaching(Collections.Desk desk) {
        this.desk = desk;
        this.collections = new CollectionTable(desk.words());
        this.children = new ChildTable(desk.words());
        this.contents = new ContentTable(desk.words());
        this.names = new NameTable(desk.words());
        this.archiving = new Archiving(desk);
    }

    /** Who attaches, and what becomes of what is in already. */
    public record How(Duplicates duplicates, Writer by) {}

    /** A collection to be changed: one that stands, or one that is made in the same transaction. */
    private record Parent(long number, CollectionRow row) {}

    private record Nesting(Parent parent, Attachment wanted, Circles circles) {}

    /**
     * What can be said of attachments by their scopes alone. 404 where one names what is hidden from whoever attaches; 409
     * where somebody could know of a holder and not of what it holds, for its counts would tell.
     */
    void mustFit(List<Attachment> attachments, Writer by) {
        Audiences audiences = new Audiences(desk.inForce().get().plan());
        Set<Pair> looked = new HashSet<>();
        for (Attachment one : attachments) {
            by.mustWrite(List.of(one.parent()));
            by.mustKnow(one.children().stream().map(Child::id).toList());
            for (Child child : one.children()) {
                Pair pair = new Pair(one.parent().scope(), child.id().scope());
                if (looked.add(pair) && !audiences.mayHold(pair.holder, pair.held)) {
                    throw unsupported(
                            ("%s cannot be put into %s: by the levels of the plan fewer people may know of scope %s"
                                            + " than of scope %s, and what a collection holds shows in its counts")
                                    .formatted(child.id(), one.parent(), pair.held, pair.holder));
                }
            }
        }
    }

    private record Pair(Scope holder, Scope held) {}

    /**
     * What puts the attachments in force.
     *
     * @param made collections that the same transaction makes before
     */
    List<Fact> decide(Connection connection, Map<DataId, CollectionRow> made, List<Attachment> attachments, How how)
            throws SQLException {
        List<Fact> facts = new ArrayList<>();
        Circles circles = new Circles(collections, contents);
        List<Attachment> all = joined(attachments);
        children.holdCopies(connection, intoDatasets(connection, made, all));
        if (nests(connection, made, all)) {
            // Before any row is locked: two calls that nest into each other wait here and not for each other's rows.
            children.holdHierarchy(connection);
        }
        for (Attachment one : all) {
            Optional<Parent> collection = maybeParent(connection, made, one.parent());
            if (collection.isEmpty() && archiving.isFile(connection, one.parent())) {
                facts.addAll(archiving.decide(connection, one, how));
                continue;
            }
            Parent parent = open(collection.orElseThrow(() -> Collections.notFound(one.parent())));
            List<DataId> in = switch (parent.row.kind()) {
                case DATASET -> files(connection, parent, one, how.duplicates);
                case CONTAINER -> collections(connection, made, new Nesting(parent, one, circles), how.duplicates);
            };
            if (!in.isEmpty()) {
                facts.add(new ContentChanged(Change.ATTACHED, one.parent(), in));
            }
        }
        return facts;
    }

    /** What of these can be decided before new files are registered; 409 where those could not be put in anyway. */
    List<Attachment> ofKnown(Connection connection, Map<DataId, CollectionRow> made, List<Attachment> attachments)
            throws SQLException {
        List<Attachment> known = new ArrayList<>();
        for (Attachment one : attachments) {
            List<DataId> ids = one.children().stream().map(Child::id).toList();
            Set<DataId> there = new HashSet<>(names.taken(connection, ids));
            there.addAll(made.keySet());
            Optional<DataId> fresh =
                    ids.stream().filter(id -> !there.contains(id)).findFirst();
            if (fresh.isPresent() && isContainer(connection, made, one.parent())) {
                throw unsupported(
                        "Adding a file (%s) to a container (%s) is forbidden".formatted(fresh.get(), one.parent()));
            }
            known.add(new Attachment(
                    one.parent(),
                    one.children().stream().filter(c -> there.contains(c.id())).toList()));
        }
        return known;
    }

    /** One attachment for each parent, in the order of the parents' keys, so that two callers cannot block each other. */
    private static List<Attachment> joined(List<Attachment> attachments) {
        Map<DataId, List<Child>> joined = new LinkedHashMap<>();
        attachments.forEach(
                a -> joined.computeIfAbsent(a.parent(), p -> new ArrayList<>()).addAll(a.children()));
        return joined.entrySet().stream()
                .map(e -> new Attachment(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing(a -> a.parent().key()))
                .toList();
    }

    private List<DataId> intoDatasets(Connection connection, Map<DataId, CollectionRow> made, List<Attachment> all)
            throws SQLException {
        List<DataId> files = new ArrayList<>();
        for (Attachment one : all) {
            if (!isContainer(connection, made, one.parent())) {
                one.children().forEach(child -> files.add(child.id()));
            }
        }
        return files;
    }

    /** Whether a container goes into a container; what a name is never changes, so that this may be read without a lock. */
    private boolean nests(Connection connection, Map<DataId, CollectionRow> made, List<Attachment> attachments)
            throws SQLException {
        for (Attachment one : attachments) {
            List<DataId> in = one.children().stream().map(Child::id).toList();
            if (isContainer(connection, made, one.parent())
                    && (in.stream().anyMatch(id -> isContainer(made.get(id)))
                            || children.anyContainer(connection, in))) {
                return true;
            }
        }
        return false;
    }

    private boolean isContainer(Connection connection, Map<DataId, CollectionRow> made, DataId id) throws SQLException {
        return isContainer(made.get(id))
                || isContainer(collections
                        .find(connection, id)
                        .map(CollectionTable.Numbered::row)
                        .orElse(null));
    }

    private static boolean isContainer(@Nullable CollectionRow row) {
        return row != null && row.kind() == CollectionRow.Kind.CONTAINER;
    }

    private Optional<Parent> maybeParent(Connection connection, Map<DataId, CollectionRow> made, DataId id)
            throws SQLException {
        CollectionRow fresh = made.get(id);
        return fresh != null
                ? Optional.of(new Parent(NEW, fresh))
                : collections
                        .lock(connection, id)
                        .filter(c -> !c.row().removed())
                        .map(c -> new Parent(c.number(), c.row()));
    }

    private static Parent open(Parent parent) {
        if (!parent.row.open()) {
            throw closed(parent.row.id());
        }
        return parent;
    }

    private RucioError noCollectionToTakeFrom(Connection connection, DataId id) throws SQLException {
        return archiving.isFile(connection, id)
                ? unsupported("Data identifier '%s' is a file; nothing is taken out of one".formatted(id))
                : Collections.notFound(id);
    }

    private List<DataId> files(Connection connection, Parent parent, Attachment wanted, Duplicates duplicates)
            throws SQLException {
        List<DataId> ids = wanted.children().stream().map(Child::id).toList();
        Map<DataId, FileChild> known = children.files(connection, parent.number, ids);
        Set<DataId> in = HashSet.newHashSet(ids.size());
        for (Child child : wanted.children()) {
            FileChild file = known.get(child.id());
            if (file == null) {
                throw noFile(connection, child.id(), parent.row.id());
            }
            check(child, file);
            if (file.isIn() || !in.add(child.id())) {
                refuse(duplicates, "FileAlreadyExists", child.id(), parent.row.id());
            }
        }
        return List.copyOf(in);
    }

    private RucioError noFile(Connection connection, DataId child, DataId parent) throws SQLException {
        boolean isCollection = collections
                .find(connection, child)
                .filter(c -> !c.row().removed())
                .isPresent();
        return isCollection
                ? unsupported("Adding a collection (%s) to a dataset (%s) is forbidden".formatted(child, parent))
                : Collections.notFound(child);
    }

    private static void check(Child said, FileChild known) {
        if (known.lost()) {
            throw unsupported("File %s is LOST and cannot be attached".formatted(said.id()));
        }
        compare(said, known);
    }

    static void compare(Child said, FileChild known) {
        boolean same = said.bytes().map(b -> b == known.bytes()).orElse(true)
                && agrees(said.adler32(), known.adler32())
                && agrees(said.md5(), known.md5());
        if (!same) {
            throw RucioError.of(
                    PRECONDITION,
                    "FileConsistencyMismatch",
                    "(%s) bytes, adler32 or md5 are not those of the catalogue: %d bytes, adler32 %s, md5 %s"
                            .formatted(
                                    said.id(),
                                    known.bytes(),
                                    known.adler32().map(d -> d.hex()).orElse("unknown"),
                                    known.md5().map(d -> d.hex()).orElse("unknown")));
        }
    }

    private static <T> boolean agrees(Optional<T> said, Optional<T> known) {
        return said.isEmpty() || known.isEmpty() || said.equals(known);
    }

    static void refuse(Duplicates duplicates, String kind, DataId child, DataId parent) {
        if (duplicates == Duplicates.REFUSED) {
            throw RucioError.conflict(kind, "%s is in %s already".formatted(child, parent));
        }
    }

    private List<DataId> collections(
            Connection connection, Map<DataId, CollectionRow> made, Nesting nesting, Duplicates duplicates)
            throws SQLException {
        DataId parent = nesting.parent.row.id();
        List<DataId> ids = nesting.wanted.children().stream().map(Child::id).toList();
        Map<DataId, CollectionChild> known = children.collections(connection, nesting.parent.number, ids);
        Set<DataId> in = new HashSet<>();
        for (DataId id : ids) {
            Optional<CollectionChild> child = Optional.ofNullable(known.get(id))
                    .filter(c -> !c.collection().row().removed());
            if (child.isEmpty() && !made.containsKey(id)) {
                throw noCollection(connection, id, parent);
            }
            if (child.filter(CollectionChild::isIn).isPresent() || !in.add(id)) {
                refuse(duplicates, "DuplicateContent", id, parent);
            }
        }
        Set<DataId> containers = new HashSet<>(in);
        containers.removeIf(id -> !isContainer(made.get(id))
                && !isContainer(
                        known.containsKey(id) ? known.get(id).collection().row() : null));
        nesting.circles.add(connection, parent, containers);
        return List.copyOf(in);
    }

    private RucioError noCollection(Connection connection, DataId child, DataId parent) throws SQLException {
        boolean isFile = !children.files(connection, NEW, List.of(child)).isEmpty();
        return isFile
                ? unsupported("Adding a file (%s) to a container (%s) is forbidden".formatted(child, parent))
                : Collections.notFound(child);
    }

    /** What takes these out of a collection. */
    List<Fact> detach(Connection connection, DataId id, List<DataId> ids, Visible sees) throws SQLException {
        Optional<Parent> collection = maybeParent(connection, Map.of(), id);
        if (collection.isEmpty()) {
            throw noCollectionToTakeFrom(connection, id);
        }
        Parent parent = open(collection.get());
        if (parent.row.monotonic()) {
            throw unsupported("Data identifier '%s' is monotonic: its content may only grow".formatted(id));
        }
        Set<DataId> out = new HashSet<>(ids);
        Set<DataId> in = switch (parent.row.kind()) {
            case DATASET -> filesIn(connection, parent, ids);
            case CONTAINER -> collectionsIn(connection, parent, ids);
        };
        in.removeIf(child -> !sees.allows(child));
        out.removeAll(in);
        if (!out.isEmpty()) {
            throw RucioError.notFound(
                    "DataIdentifierNotFound",
                    "Data identifier '%s' not found under '%s'"
                            .formatted(out.stream().sorted().findFirst().orElseThrow(), id));
        }
        return in.isEmpty() ? List.of() : List.of(new ContentChanged(Change.DETACHED, id, List.copyOf(in)));
    }

    private Set<DataId> filesIn(Connection connection, Parent parent, List<DataId> ids) throws SQLException {
        Set<DataId> in = new HashSet<>();
        children.files(connection, parent.number, ids).forEach((id, file) -> {
            if (file.isIn()) {
                in.add(id);
            }
        });
        in.retainAll(ids);
        return in;
    }

    private Set<DataId> collectionsIn(Connection connection, Parent parent, List<DataId> ids) throws SQLException {
        Set<DataId> in = new HashSet<>();
        children.collections(connection, parent.number, ids).forEach((id, child) -> {
            if (child.isIn()) {
                in.add(id);
            }
        });
        in.retainAll(ids);
        return in;
    }

    private static RucioError closed(DataId id) {
        return unsupported("Data identifier '%s' is closed".formatted(id));
    }

    static RucioError unsupported(String why) {
        return RucioError.conflict("UnsupportedOperation", why);
    }
}
