package holdfast.server.reading;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.judgement.Holding;
import holdfast.judgement.Surroundings;
import holdfast.server.catalog.Distances;
import holdfast.server.catalog.ReplicaQuery;
import holdfast.server.catalog.Replicas;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.Holdings;
import holdfast.storage.Condition;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.Visible;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** Orders the standing copies of a file for those who want its bytes. */
public final class Offers {
    private final Desk desk;
    private final Replicas replicas;
    private final Distances distances;

    /** What it works with. */
    public record Desk(Database database, Holdings holdings, Supplier<Surroundings> surroundings, HouseClock clock) {}

    public Offers(Desk desk, Replicas replicas, Distances distances) {
        this.desk = desk;
        this.replicas = replicas;
        this.distances = distances;
    }

    /** A file and its standing copies, the best first. */
    public record Offered(FileRow file, List<Offer> copies) {
        public Offered {
            copies = List.copyOf(copies);
        }
    }

    /**
     * The copies of a file; empty where no such file is registered.
     *
     * @param near the element next to whoever asks; the landing element, which is the server's own, where it is empty
     */
    public Optional<Offered> of(DataId id, Optional<StorageName> near) {
        Optional<Holding> holding = desk.database.read(connection -> desk.holdings.find(connection, id));
        return holding.flatMap(Holding::file).map(file -> {
            Map<StorageName, List<String>> addresses = addresses(id);
            Surroundings now = desk.surroundings.get();
            StorageName from = near.orElseGet(() -> now.sites().landing());
            List<Offer> offers = new ArrayList<>();
            for (CopyRow copy : holding.get().copies()) {
                if (copy.state().stands()) {
                    List<String> known = addresses.getOrDefault(copy.storage(), List.of());
                    offers.add(offer(copy, now, from, known));
                }
            }
            offers.sort(Offer.BEST_FIRST);
            return new Offered(file, offers);
        });
    }

    private Offer offer(CopyRow copy, Surroundings now, StorageName near, List<String> addresses) {
        StorageName at = copy.storage();
        Optional<StorageElement> element = now.element(at);
        boolean tape = element.map(StorageElement::isTape)
                .or(() -> replicas.places().find(at).map(p -> p.isTape()))
                .orElse(false);
        Optional<Long> distance = at.equals(near)
                ? Optional.of(0L)
                : distances.find(new Distances.Way(at, near)).map(Distances.Distance::value);
        Offer.Place place = new Offer.Place(element.map(e -> e.site().name()), tape, distance);
        return new Offer(copy, place, obstacle(element, now.condition(at)), addresses);
    }

    private Optional<String> obstacle(Optional<StorageElement> element, Condition condition) {
        if (element.isEmpty()) {
            return Optional.of("the sites file does not name this element, so that only others reach it");
        }
        if (element.get().use() == StorageElement.Use.LEFT) {
            return Optional.of("its site has left");
        }
        return condition
                .downtimeAt(desk.clock.now())
                .map(d -> "its site is in a downtime until %s: %s".formatted(d.until(), d.reason()))
                .or(() -> condition.silentSince().map(since -> "it does not answer since " + since));
    }

    /** The addresses that clients are told of a file's copies, by element. */
    private Map<StorageName, List<String>> addresses(DataId id) {
        Map<StorageName, List<String>> found = new HashMap<>();
        ReplicaQuery query = new ReplicaQuery(
                List.of(id),
                Set.of(),
                Optional.empty(),
                ReplicaQuery.Network.BOTH,
                Optional.empty(),
                new ReplicaQuery.States(true, false, Optional.empty()),
                new ReplicaQuery.Picked(OptionalInt.empty(), OptionalInt.empty(), false),
                new ReplicaQuery.Beside(false, false));
        replicas.list(
                query,
                Visible.EVERYTHING, // of one file, which whoever asks may know of; neither parents nor archives
                line -> line.addresses()
                        .forEach(a -> found.computeIfAbsent(a.way().place().name(), n -> new ArrayList<>())
                                .add(a.pfn())));
        return found;
    }
}
