package holdfast.server.adoption;

import holdfast.catalog.CatalogFact.ContentChanged;
import holdfast.catalog.CollectionRow.Kind;
import holdfast.journal.Fact;
import holdfast.server.adoption.AdoptionJournal.Step;
import holdfast.server.adoption.CollectionSaid.ContentSaid;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Circles;
import holdfast.server.sql.ChildTable;
import holdfast.server.sql.ChildTable.CollectionChild;
import holdfast.server.sql.ChildTable.FileChild;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.CollectionTable.Numbered;
import holdfast.server.sql.ContentTable;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts what the other server's collections hold into those that were taken over, closed ones too. */
public final class AdoptedContents {
    private final AdoptionJournal journal;
    private final CollectionTable collections;
    private final ContentTable contents;
    private final ChildTable children;

    public AdoptedContents(Words words, SqlJournal journal) {
        this.journal = new AdoptionJournal(journal);
        this.collections = new CollectionTable(words);
        this.contents = new ContentTable(words);
        this.children = new ChildTable(words);
    }

    /** What became of a batch. */
    public record Taken(Attached contents, List<Conflict> conflicts) {
        public record Attached(long attached, long known) {}
    }

    /** One transaction; 409 where the scope of a collection is managed here. */
    public Taken take(List<ContentSaid> said) {
        Map<DataId, Set<DataId>> wanted = new LinkedHashMap<>();
        List<Conflict> unread = new ArrayList<>();
        for (ContentSaid one : said) {
            id(one.scope(), one.name(), unread)
                    .ifPresent(parent -> one.all()
                            .forEach(child -> id(child.scope(), child.name(), unread)
                                    .ifPresent(id -> wanted.computeIfAbsent(parent, p -> new LinkedHashSet<>())
                                            .add(id))));
        }
        List<DataId> parents = wanted.keySet().stream()
                .sorted(Comparator.comparing(DataId::key))
                .toList();
        return journal.append(parents.stream().map(DataId::scope).toList(), connection -> {
            Batch batch = new Batch(connection, unread);
            if (children.anyContainer(connection, parents)) {
                // Before any row is locked, as everybody does who nests containers.
                children.holdHierarchy(connection);
            }
            for (DataId parent : parents) {
                batch.fill(parent, List.copyOf(wanted.get(parent)));
            }
            return new Step<>(batch.facts, new Taken(new Taken.Attached(batch.attached, batch.known), batch.conflicts));
        });
    }

    private static Optional<DataId> id(String scope, String name, List<Conflict> unread) {
        try {
            return Optional.of(new DataId(new Scope(scope), name));
        } catch (BadWord bad) {
            unread.add(new Conflict(scope, name, "name", String.valueOf(bad.getMessage()), scope + ":" + name));
            return Optional.empty();
        }
    }

    /** What a batch comes to, as the rows stand now. */
    private final class Batch {
        private final Connection connection;
        private final Circles circles = new Circles(collections, contents);
        private final List<Fact> facts = new ArrayList<>();
        private final List<Conflict> conflicts;
        private long attached;
        private long known;

        Batch(Connection connection, List<Conflict> unread) {
            this.connection = connection;
            this.conflicts = new ArrayList<>(unread);
        }

        void fill(DataId parent, List<DataId> wanted) throws SQLException {
            Optional<Numbered> standing =
                    collections.lock(connection, parent).filter(c -> !c.row().removed());
            if (standing.isEmpty()) {
                conflicts.add(Conflict.of(
                        parent, "collection", "there is no such collection here", "it holds " + wanted.size()));
                return;
            }
            List<DataId> in = standing.get().row().kind() == Kind.DATASET
                    ? files(standing.get(), wanted)
                    : collections(standing.get(), wanted);
            if (!in.isEmpty()) {
                attached += in.size();
                facts.add(new ContentChanged(ContentChanged.Change.ATTACHED, parent, in));
            }
        }

        private List<DataId> files(Numbered dataset, List<DataId> wanted) throws SQLException {
            Map<DataId, FileChild> there = children.files(connection, dataset.number(), wanted);
            List<DataId> in = new ArrayList<>();
            for (DataId id : wanted) {
                sort(dataset, id, Optional.ofNullable(there.get(id)).map(FileChild::isIn), in);
            }
            return in;
        }

        private List<DataId> collections(Numbered container, List<DataId> wanted) throws SQLException {
            Map<DataId, CollectionChild> there = children.collections(connection, container.number(), wanted);
            List<DataId> in = new ArrayList<>();
            for (DataId id : wanted) {
                Optional<CollectionChild> child = Optional.ofNullable(there.get(id))
                        .filter(c -> !c.collection().row().removed());
                if (child.filter(c -> !c.isIn() && isContainer(c)).isPresent() && !fits(container, id)) {
                    continue;
                }
                sort(container, id, child.map(CollectionChild::isIn), in);
            }
            return in;
        }

        private static boolean isContainer(CollectionChild child) {
            return child.collection().row().kind() == Kind.CONTAINER;
        }

        private boolean fits(Numbered container, DataId id) throws SQLException {
            try {
                circles.add(connection, container.row().id(), Set.of(id));
                return true;
            } catch (RucioError circle) {
                conflicts.add(Conflict.of(container.row().id(), "collection", circle.text(), "it holds " + id));
                return false;
            }
        }

        private void sort(Numbered parent, DataId id, Optional<Boolean> isIn, List<DataId> in) {
            if (isIn.isEmpty()) {
                conflicts.add(Conflict.of(
                        parent.row().id(), "collection", id + " is not here, or is no child for it", "it holds " + id));
            } else if (isIn.get()) {
                known++;
            } else {
                in.add(id);
            }
        }
    }
}
