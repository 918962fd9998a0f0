package holdfast.server.catalog;

import holdfast.catalog.CopyState;
import holdfast.custody.InForce;
import holdfast.judgement.Holding;
import holdfast.server.sql.CopiesAt;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.Visible;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Which files lie at addresses that clients write. */
public final class CopyNames {
    private final Replicas.Desk desk;
    private final Places places;
    private final Supplier<InForce> inForce;
    private final Predicate<Scope> scopes;
    private final CopiesAt copies;

    public CopyNames(Replicas.Desk desk, Replicas.Ground ground, Places places) {
        this.desk = desk;
        this.places = places;
        this.inForce = ground.inForce();
        this.scopes = ground.scopes();
        this.copies = new CopiesAt(desk.words());
    }

    /**
     * An address.
     *
     * @param place whose address it is; empty where it is no element's
     * @param file that has a copy there; empty where nothing is known to lie there
     */
    public record Named(String pfn, Optional<ReplicaPlace> place, Optional<DataId> file) {}

    /** Each address by whichever element it is of; nothing lies where what lies there is hidden. */
    public List<Named> of(List<String> pfns, Visible sees) {
        return pfns.stream().map(pfn -> at(pfn, places.all(), sees)).toList();
    }

    /** Each address as one of this element. */
    public List<Named> of(List<String> pfns, ReplicaPlace place, Visible sees) {
        return pfns.stream().map(pfn -> at(pfn, List.of(place), sees)).toList();
    }

    private Named at(String pfn, Collection<ReplicaPlace> among, Visible sees) {
        Optional<ReplicaPlace> first = Optional.empty();
        for (ReplicaPlace place : among) {
            Optional<StoragePath> path = place.pathOf(pfn);
            if (path.isPresent()) {
                Optional<DataId> file = file(place, path.get(), sees).filter(sees::allows);
                if (file.isPresent()) {
                    return new Named(pfn, Optional.of(place), file);
                }
                first = first.or(() -> Optional.of(place));
            }
        }
        return new Named(pfn, first, Optional.empty());
    }

    private Optional<DataId> file(ReplicaPlace place, StoragePath path, Visible sees) {
        List<DataId> maybe = new ArrayList<>(new PathsOf(place.rse())
                .mayBe(
                        path,
                        name -> inForce.get()
                                .naming()
                                .scopeOf(name, scope -> sees.allows(scope) && scopes.test(scope))));
        maybe.removeIf(id -> !sees.allows(id));
        return desk.database().read(connection -> {
            for (DataId id : maybe) {
                Optional<Holding> holding = desk.holdings().find(connection, id);
                boolean here = holding.stream()
                        .flatMap(h -> h.copies().stream())
                        .anyMatch(c -> c.storage().equals(place.name())
                                && c.state() != CopyState.RELEASED
                                && c.path().equals(path));
                if (here) {
                    return Optional.of(id);
                }
            }
            // Where no rule says so, the rows of the element are looked through.
            Map<String, DataId> found = place.rse().isDeterministic()
                    ? Map.of()
                    : copies.byPath(connection, place.name(), List.of(path.path()));
            return Optional.ofNullable(found.get(path.path()));
        });
    }
}
