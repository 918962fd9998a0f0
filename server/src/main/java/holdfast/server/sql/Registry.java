package holdfast.server.sql;

import holdfast.journal.Journal.Appended;
import holdfast.registry.Document;
import holdfast.registry.RegistryFact.DocumentsChanged;
import holdfast.vocabulary.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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

    /** The documents as this node knows them. */
    public Documents documents() {
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
        Appended appended = journal.append(actor, connection -> {
            table.lock(connection);
            List<DocumentsChanged.Change> changes = decision.decide(documents(connection), connection);
            return changes.isEmpty() ? Optional.empty() : Optional.of(new DocumentsChanged(changes));
        });
        known.set(new Known(read(), counter.getAsLong()));
        return appended;
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

    private Documents documents(Connection connection) throws SQLException {
        NavigableMap<Document.Name, String> texts = new TreeMap<>();
        table.all(connection).forEach(d -> texts.put(d.name(), d.text()));
        return new Documents(texts);
    }
}
