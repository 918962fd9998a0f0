package holdfast.server.catalog;

import holdfast.journal.Micros;
import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Registry;
import holdfast.server.sql.Registry.Documents;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** How far elements are from each other, one way; none said means not connected. Smaller is nearer. */
public final class Distances {
    private final Shelf<Stored> shelf;
    private final HouseClock clock;

    record Stored(long distance, long created, long updated) {}

    public Distances(Registry registry, HouseClock clock) {
        this.shelf = new Shelf<>(registry, RseDocuments.DISTANCE, Stored.class);
        this.clock = clock;
    }

    /** From one element to another. */
    public record Way(StorageName from, StorageName to) {
        Way back() {
            return new Way(to, from);
        }

        String key() {
            return from + "/" + to;
        }

        private static Way of(String key) {
            int slash = key.indexOf('/');
            return new Way(new StorageName(key.substring(0, slash)), new StorageName(key.substring(slash + 1)));
        }

        Stream<Way> both(boolean bidirectional) {
            return bidirectional && !from.equals(to) ? Stream.of(this, back()) : Stream.of(this);
        }
    }

    /** A distance and when it was said. */
    public record Distance(Way way, long value, Instant created, Instant updated) {}

    public Optional<Distance> find(Way way) {
        return shelf.find(way.key()).map(stored -> distance(way, stored));
    }

    /** The distance between two elements; empty where nobody said one. */
    public OptionalLong between(StorageName from, StorageName to) {
        return find(new Way(from, to)).stream().mapToLong(Distance::value).findFirst();
    }

    /** All there are, by source, then by destination. */
    public List<Distance> all() {
        return shelf.all().entrySet().stream()
                .map(e -> distance(Way.of(e.getKey()), e.getValue()))
                .toList();
    }

    private static Distance distance(Way way, Stored stored) {
        return new Distance(way, stored.distance, Micros.instant(stored.created), Micros.instant(stored.updated));
    }

    private static void refuseNegative(long distance) {
        if (distance < 0) {
            throw RucioError.invalid("a distance is not negative: " + distance);
        }
    }

    /** @throws RucioError 409 Duplicate where there is one, 400 InvalidObject where it is negative */
    public void add(AccountName who, Way way, long distance, boolean bidirectional) {
        refuseNegative(distance);
        long now = Micros.of(clock.now());
        change(who, way, bidirectional, (w, documents) -> {
            if (shelf.find(documents, w.key()).isPresent()) {
                throw RucioError.conflict(
                        "Duplicate", "Distance from %s to %s already exists!".formatted(w.from(), w.to()));
            }
            return shelf.put(w.key(), new Stored(distance, now, now));
        });
    }

    /** @throws RucioError 404 NoDistance where there is none, 400 InvalidObject where it is negative */
    public void update(AccountName who, Way way, long distance, boolean bidirectional) {
        refuseNegative(distance);
        long now = Micros.of(clock.now());
        change(
                who,
                way,
                bidirectional,
                (w, documents) -> shelf.put(
                        w.key(),
                        new Stored(distance, shelf.find(documents, w.key()).orElseThrow(() -> none(w)).created, now)));
    }

    /** @throws RucioError 404 NoDistance where there is none */
    public void remove(AccountName who, Way way, boolean bidirectional) {
        change(who, way, bidirectional, (w, documents) -> {
            if (shelf.find(documents, w.key()).isEmpty()) {
                throw none(w);
            }
            return shelf.drop(w.key());
        });
    }

    private static RucioError none(Way way) {
        return RucioError.notFound("NoDistance", "there is no distance from %s to %s".formatted(way.from(), way.to()));
    }

    private void change(AccountName who, Way way, boolean bidirectional, BiFunction<Way, Documents, Change> one) {
        shelf.change(
                who,
                documents -> way.both(bidirectional)
                        .map(w -> one.apply(w, documents))
                        .toList());
    }
}
