package holdfast.server.catalog;

import holdfast.custody.InForce;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.Registry;
import holdfast.server.sql.Registry.Documents;
import holdfast.storage.StorageExpression;
import holdfast.storage.StorageExpression.BadExpression;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.StorageName;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The storage elements as Rucio's clients know them: those of the sites file in force, and those that documents add. What
 * is answered is as new as the documents; nothing is remembered longer, expressions neither.
 */
public final class Rses {
    private static final int REMEMBERED = 10_000;

    private final Registry registry;
    private final Supplier<InForce> inForce;
    private final Path data;
    private final AtomicReference<Known> known;

    /** The elements of one moment. */
    private record Known(
            Documents documents,
            InForce inForce,
            SortedMap<StorageName, Rse> all,
            Map<UUID, Rse> byId,
            Map<String, Set<StorageName>> expressions) {}

    /** @param data the server's folder, in which relative roots of elements lie */
    public Rses(Registry registry, Supplier<InForce> inForce, Path data) {
        this.registry = registry;
        this.inForce = inForce;
        this.data = data.toAbsolutePath().normalize();
        this.known = new AtomicReference<>(known(registry.documents(), inForce.get()));
    }

    /** Every element, by name. */
    public Collection<Rse> all() {
        return now().all.values();
    }

    public Optional<Rse> maybe(StorageName name) {
        return Optional.ofNullable(now().all.get(name));
    }

    /** @throws RucioError 404 RSENotFound */
    public Rse find(String name) {
        return name(name).flatMap(this::maybe).orElseThrow(() -> notFound(name));
    }

    /** Attributes of an element, by the name that a client says; none where there is none. */
    public Map<String, String> attributes(String name) {
        return name(name)
                .flatMap(this::maybe)
                .<Map<String, String>>map(Rse::attributes)
                .orElse(Map.of());
    }

    public Optional<Rse> byId(UUID id) {
        return Optional.ofNullable(now().byId.get(id));
    }

    /**
     * The elements that an expression names, by name.
     *
     * @throws RucioError 400 InvalidRSEExpression when it is none, or no element answers to it
     */
    public List<Rse> matching(String expression) {
        Known now = now();
        try {
            Set<StorageName> names = names(now, expression);
            return now.all.values().stream()
                    .filter(rse -> names.contains(rse.name()))
                    .toList();
        } catch (BadExpression bad) {
            throw RucioError.bad("InvalidRSEExpression", String.valueOf(bad.getMessage()));
        }
    }

    private static Set<StorageName> names(Known now, String expression) {
        @Nullable Set<StorageName> before = now.expressions.get(expression);
        if (before != null) {
            return before;
        }
        Set<StorageName> names = answering(now, expression);
        if (now.expressions.size() < REMEMBERED) {
            now.expressions.put(expression, names);
        }
        return names;
    }

    private static Set<StorageName> answering(Known now, String expression) {
        Map<StorageName, Map<String, String>> attributes = new TreeMap<>();
        now.all.forEach((name, rse) -> attributes.put(name, rse.attributes()));
        return Set.copyOf(StorageExpression.parse(expression).among(attributes));
    }

    static RucioError notFound(String name) {
        return RucioError.notFound("RSENotFound", "RSE '%s' cannot be found in vo 'def'".formatted(name));
    }

    /** A text as an element's name; empty where it cannot be one. */
    static Optional<StorageName> name(String text) {
        try {
            return Optional.of(new StorageName(text));
        } catch (BadWord bad) {
            return Optional.empty();
        }
    }

    private Known now() {
        Known last = known.get();
        Documents documents = registry.documents();
        InForce adopted = inForce.get();
        if (last.documents == documents && last.inForce == adopted) {
            return last;
        }
        boolean same = last.inForce == adopted && last.documents.texts().equals(documents.texts());
        Known next =
                same ? new Known(documents, adopted, last.all, last.byId, last.expressions) : known(documents, adopted);
        known.set(next);
        return next;
    }

    private Known known(Documents documents, InForce adopted) {
        SortedMap<StorageName, Rse> all = new TreeMap<>();
        RseAssembly assembly = new RseAssembly(documents, adopted, data);
        documents.of(RseDocuments.RSE).keySet().stream()
                .flatMap(key -> name(key).stream())
                .flatMap(name -> assembly.added(name).stream())
                .forEach(rse -> all.put(rse.name(), rse));
        adopted.sites().all().forEach(element -> all.put(element.name(), assembly.of(element)));
        return new Known(
                documents,
                adopted,
                all,
                all.values().stream().collect(Collectors.toUnmodifiableMap(Rse::id, rse -> rse)),
                new ConcurrentHashMap<>());
    }
}
