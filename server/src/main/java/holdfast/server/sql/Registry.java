package holdfast.server.sql;

import holdfast.journal.Journal.Appended;
import holdfast.registry.Document;
import holdfast.registry.RegistryFact.DocumentsChanged;
import holdfast.vocabulary.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The documents of the house, all in memory: there are thousands of them, and nearly every request asks for some. What
 * this node changes it knows at once; what another node changed, after a second.
 */
public final class Registry {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Database database;
    private final SqlJournal journal;
    private final DocumentTable table = new DocumentTable();
    private final LongSupplier counter;
    private final AtomicReference<Known> known;
    private final ScopedValue<Together> together = ScopedValue.newInstance();

    private record Known(Documents documents, long readAt) {}

    public Registry(Database database, SqlJournal journal) {
        this(database, journal, System::nanoTime);
    }

    Registry(Database database, SqlJournal journal, LongSupplier counter) {
        this.database = database;
        this.journal = journal;
        this.counter = counter;
        this.known = new AtomicReference<>(new Known(read(), counter.getAsLong()));
    }

    /** All documents of one moment. */
    public record Documents(NavigableMap<Document.Name, String> texts) {
        public Optional<String> find(String kind, String key) {
            return Optional.ofNullable(texts.get(new Document.Name(kind, key)));
        }

        /** The documents of one kind by key, in order. */
        public NavigableMap<String, String> of(String kind) {
            return under(kind, "");
        }

        /** The documents of one kind whose keys begin so, by key, in order. */
        public NavigableMap<String, String> under(String kind, String prefix) {
            NavigableMap<String, String> found = new TreeMap<>();
            texts.tailMap(new Document.Name(kind, prefix)).entrySet().stream()
                    .takeWhile(e ->
                            e.getKey().kind().equals(kind) && e.getKey().key().startsWith(prefix))
                    .forEach(e -> found.put(e.getKey().key(), e.getValue()));
            return found;
        }
    }

    /** Decides on the documents as they are, with nobody else changing any. */
    @FunctionalInterface
    public interface Decision {
        List<DocumentsChanged.Change> decide(Documents now) throws SQLException;
    }

    /** The same, with the connection of the transaction, for what also looks at rows. */
    @FunctionalInterface
    public interface LookingDecision {
        List<DocumentsChanged.Change> decide(Documents now, Connection connection) throws SQLException;
    }

    /** Changes that are made together: what they come to so far, none of it written. */
    private final class Together {
        private final Connection connection;
        private final NavigableMap<Document.Name, String> texts;
        private final Map<Document.Name, DocumentsChanged.Change> changes = new LinkedHashMap<>();
        private Documents documents;

        Together(Connection connection, Documents before) {
            this.connection = connection;
            this.texts = new TreeMap<>(before.texts);
            this.documents = before;
        }

        void change(LookingDecision decision) throws SQLException {
            for (DocumentsChanged.Change change : decision.decide(documents, connection)) {
                change.text()
                        .ifPresentOrElse(text -> texts.put(change.name(), text), () -> texts.remove(change.name()));
                changes.put(change.name(), change);
            }
            documents = new Documents(new TreeMap<>(texts));
        }
    }

    /**
     * Makes all changes that some work makes in one: whole, or where it throws not at all. What it reads and decides on are
     * the documents with what it changed so far. The work must not leave its thread.
     */
    public Appended together(Actor actor, Runnable work) {
        return changeLooking(actor, (before, connection) -> {
            Together all = new Together(connection, before);
            ScopedValue.where(together, all).run(work);
            return List.copyOf(all.changes.values());
        });
    }

    /** The documents as this node knows them. */
    public Documents documents() {
        if (together.isBound()) {
            return together.get().documents;
        }
        Known now = known.get();
        long asked = counter.getAsLong();
        if (asked - now.readAt > LOOK_AGAIN.toNanos() && known.compareAndSet(now, new Known(now.documents, asked))) {
            known.set(new Known(read(), asked));
        }
        return known.get().documents;
    }

    /**
     * Changes documents; what the decision throws ends it without a change. Changes of documents wait for each other:
     * they are few, and a decision may look at any of them.
     */
    public Appended change(Actor actor, Decision decision) {
        return changeLooking(actor, (documents, _) -> decision.decide(documents));
    }

    /** As {@link #change}. */
    public Appended changeLooking(Actor actor, LookingDecision decision) {
        if (together.isBound()) {
            return changedTogether(decision);
        }
        Appended appended = journal.append(actor, connection -> {
            table.lock(connection);
            List<DocumentsChanged.Change> changes = decision.decide(documents(connection), connection);
            return changes.isEmpty() ? Optional.empty() : Optional.of(new DocumentsChanged(changes));
        });
        known.set(new Known(read(), counter.getAsLong()));
        return appended;
    }

    private Appended changedTogether(LookingDecision decision) {
        try {
            together.get().change(decision);
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed in the middle of changes made together", e);
        }
        return new Appended.Refused("it is written together with others");
    }

    /** A document that takes a text. */
    public static DocumentsChanged.Change put(String kind, String key, String text) {
        return new DocumentsChanged.Change(new Document.Name(kind, key), Optional.of(text));
    }

    /** A document that is taken away. */
    public static DocumentsChanged.Change drop(String kind, String key) {
        return new DocumentsChanged.Change(new Document.Name(kind, key), Optional.empty());
    }

    private Documents read() {
        return database.read(this::documents);
    }

    /** One document alone as it is in a transaction; nobody else changes it until that ends. */
    public Documents shared(Connection connection, Document.Name name) {
        try {
            NavigableMap<Document.Name, String> texts = new TreeMap<>();
            table.share(connection, name).ifPresent(d -> texts.put(d.name(), d.text()));
            return new Documents(texts);
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed while a document was looked at", e);
        }
    }

    private Documents documents(Connection connection) throws SQLException {
        NavigableMap<Document.Name, String> texts = new TreeMap<>();
        table.all(connection).forEach(d -> texts.put(d.name(), d.text()));
        return new Documents(texts);
    }
}
