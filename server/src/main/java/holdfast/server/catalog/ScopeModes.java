package holdfast.server.catalog;

import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.ObservedScopes;
import holdfast.server.sql.Registry;
import holdfast.server.sql.Registry.Documents;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which scopes are only observed: another server manages them, this house knows of them, and no client changes anything in
 * them here. Every other scope is managed.
 */
public final class ScopeModes {
    private final Shelf<Observed> shelf;

    /**
     * Since when a scope is observed.
     *
     * @param source what was read, as whoever adopts it says
     */
    public record Observed(String source, Instant since) {}

    public ScopeModes(Registry registry) {
        this.shelf = new Shelf<>(registry, ObservedScopes.KIND, Observed.class);
    }

    public Optional<Observed> observed(Scope scope) {
        return shelf.find(scope.name());
    }

    public boolean isObserved(Scope scope) {
        return observed(scope).isPresent();
    }

    /** As it is inside a change of documents. */
    public boolean isObserved(Documents documents, Scope scope) {
        return documents.find(ObservedScopes.KIND, scope.name()).isPresent();
    }

    /** All that are, in order. */
    public NavigableMap<Scope, Observed> observed() {
        NavigableMap<Scope, Observed> found = new TreeMap<>();
        shelf.all().forEach((name, observed) -> found.put(new Scope(name), observed));
        return found;
    }

    /** What makes a scope observed. */
    public Change observe(Scope scope, Observed observed) {
        return shelf.put(scope.name(), observed);
    }

    /** 409 UnsupportedOperation, with what to do, where a scope is only observed. */
    public void refuseObserved(Scope scope) {
        if (isObserved(scope)) {
            throw refused(scope);
        }
    }

    void refuseObserved(Collection<DataId> names) {
        names.stream().map(DataId::scope).distinct().forEach(this::refuseObserved);
    }

    static RucioError refused(Scope scope) {
        return RucioError.conflict(
                "UnsupportedOperation",
                ("scope %s is observed: another server manages it and nothing is changed in it here; change it there,"
                                + " or let the administrator propose that this house manages it (holdfast adopt manage %s)")
                        .formatted(scope, scope));
    }
}
