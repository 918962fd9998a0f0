package holdfast.server.catalog;

import holdfast.access.Subject.Element;
import holdfast.vocabulary.StorageName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The elements there are, as replicas need them. */
public final class Places {
    private final Rses rses;
    private final Supplier<Set<StorageName>> silent;
    private final Map<StorageName, ReplicaPlace> known = new ConcurrentHashMap<>();

    /** @param silent elements that do not answer now */
    public Places(Rses rses, Supplier<Set<StorageName>> silent) {
        this.rses = rses;
        this.silent = silent;
    }

    /** By the name that a client says; 404 RSENotFound where there is none. */
    public ReplicaPlace must(String name) {
        return place(rses.find(name));
    }

    /** The same as permission asks for it. */
    public Element element(String name) {
        Rse rse = rses.find(name);
        return new Element(rse.name().name(), rse.attributes());
    }

    /** Empty for an element that was taken out of use. */
    public Optional<ReplicaPlace> find(StorageName name) {
        return rses.maybe(name).map(this::place);
    }

    Collection<ReplicaPlace> all() {
        return rses.all().stream().map(this::place).toList();
    }

    /** Those of an RSE expression; 400 InvalidRSEExpression where it matches none. */
    public Set<StorageName> matching(String expression) {
        return rses.matching(expression).stream().map(Rse::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Elements that do not answer now; one without a driver always does. */
    Set<StorageName> silent() {
        return silent.get();
    }

    private ReplicaPlace place(Rse rse) {
        ReplicaPlace last = known.get(rse.name());
        if (last != null && last.rse() == rse) {
            return last;
        }
        ReplicaPlace next = ReplicaPlace.of(rse);
        known.put(rse.name(), next);
        return next;
    }
}
