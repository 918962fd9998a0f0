package holdfast.server.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import holdfast.journal.Journal.Appended;
import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.Registry;
import holdfast.server.sql.Registry.Documents;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents of one kind as records. Their text is canonical JSON: keys in order, nothing that is absent.
 *
 * @param <T> a record of texts, numbers, truths, instants, optionals, lists, maps and records of these
 */
public final class Shelf<T> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();
    private static final int UNKNOWN = 503;

    private final Registry registry;
    private final String kind;
    private final Class<T> type;

    public Shelf(Registry registry, String kind, Class<T> type) {
        this.registry = registry;
        this.kind = kind;
        this.type = type;
    }

    public Optional<T> find(String key) {
        return find(registry.documents(), key);
    }

    /** As it is inside a change. */
    public Optional<T> find(Documents documents, String key) {
        return documents.find(kind, key).map(this::read);
    }

    /** All by key, in order. */
    public NavigableMap<String, T> all() {
        return all(registry.documents());
    }

    public NavigableMap<String, T> all(Documents documents) {
        return read(documents.of(kind));
    }

    /** Those whose keys begin so, by what is left of the key. */
    public NavigableMap<String, T> under(String prefix) {
        return under(registry.documents(), prefix);
    }

    public NavigableMap<String, T> under(Documents documents, String prefix) {
        NavigableMap<String, T> found = new TreeMap<>();
        documents.under(kind, prefix).forEach((key, text) -> found.put(key.substring(prefix.length()), read(text)));
        return found;
    }

    public Change put(String key, T value) {
        return Registry.put(kind, key, JSON.writeValueAsString(value));
    }

    public Change drop(String key) {
        return Registry.drop(kind, key);
    }

    /** Changes documents of any kind in one transaction; what the decision throws ends it without a change. */
    public void change(AccountName who, Registry.Decision decision) {
        change(registry, who, decision);
    }

    static void change(Registry registry, AccountName who, Registry.Decision decision) {
        if (registry.change(new Actor(who.name()), decision) instanceof Appended.Unknown unknown) {
            throw lost(unknown);
        }
    }

    /** Makes all changes that some work makes in one; see {@link Registry#together}. */
    static void together(Registry registry, AccountName who, Runnable work) {
        if (registry.together(new Actor(who.name()), work) instanceof Appended.Unknown unknown) {
            throw lost(unknown);
        }
    }

    private static RucioError lost(Appended.Unknown unknown) {
        return RucioError.of(
                UNKNOWN, "DatabaseException", "not known whether this was done: " + unknown.why() + "; look again");
    }

    private NavigableMap<String, T> read(NavigableMap<String, String> texts) {
        NavigableMap<String, T> values = new TreeMap<>();
        texts.forEach((key, text) -> values.put(key, read(text)));
        return values;
    }

    private T read(String text) {
        return JSON.readValue(text, type);
    }
}
