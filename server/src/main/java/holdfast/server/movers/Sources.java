package holdfast.server.movers;

import holdfast.catalog.CopyRow;
import holdfast.judgement.Holding;
import holdfast.judgement.Surroundings;
import holdfast.plan.Roads;
import holdfast.plan.Roads.Link;
import holdfast.server.movers.Mover.Trip;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.storage.StorageElement;
import holdfast.storage.ThirdPartyCopy;
import holdfast.storage.ThirdPartyCopy.Origin;
import holdfast.transfer.Candidate;
import holdfast.transfer.Route;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a file can be read from: a standing copy at an element that answers, the best by the room transfer. */
public final class Sources {
    private final Supplier<Elements> elements;
    private final Supplier<Surroundings> surroundings;
    private final Farness distances;

    public Sources(Supplier<Elements> elements, Supplier<Surroundings> surroundings, Farness distances) {
        this.elements = elements;
        this.surroundings = surroundings;
        this.distances = distances;
    }

    /** A copy to read from, and how. */
    public record Source(CopyRow copy, boolean tape, Cargo.Opening opening, Optional<Origin> afar) {}

    /** How far elements are from each other. */
    @FunctionalInterface
    public interface Farness {
        /** As the experiment ranks its links, smaller is nearer; empty where nobody said. */
        OptionalLong between(StorageName from, StorageName to);
    }

    /** What is known now of elements and roads, for the copies of one turn to an element. */
    Outlook outlook(StorageName to, Instant at) {
        return new Outlook(surroundings.get(), to, at);
    }

    /** One moment's view; a turn reads it once. */
    final class Outlook {
        private final Surroundings now;
        private final StorageName to;
        private final Instant at;

        private Outlook(Surroundings now, StorageName to, Instant at) {
            this.now = now;
            this.to = to;
            this.at = at;
        }

        Roads roads() {
            return now.sites().roads();
        }

        /**
         * The sources of a file from which a copy may come straight, the best first: only those whose bytes are as good and as
         * near at hand as the best one's, for one may be full, and worse bytes are not worth a free road.
         */
        List<Source> straight(Holding holding) {
            List<Candidate> all = readable(holding)
                    .filter(c -> !roads().isClosed(new Link(c.storage(), to)))
                    .map(this::candidate)
                    .sorted(Candidate.ORDER)
                    .toList();
            return all.stream()
                    .filter(c -> c.isAsGoodAs(all.getFirst()))
                    .map(Sources.this::source)
                    .toList();
        }

        /** By way of which element a copy may come that cannot come straight. */
        Optional<StorageName> hop(Holding holding) {
            List<StorageName> from = readable(holding).map(CopyRow::storage).toList();
            Set<StorageName> open = roads().hops().stream()
                    .filter(hop -> now.element(hop)
                            .filter(e -> e.use() == StorageElement.Use.IN_USE)
                            .isPresent())
                    .filter(hop ->
                            isOpen(hop) && now.condition(hop).suspectSince().isEmpty())
                    .collect(Collectors.toSet());
            return new Route(roads(), open, link -> distances.between(link.from(), link.to())).lastHop(from, to);
        }

        private Stream<CopyRow> readable(Holding holding) {
            return holding.copies().stream()
                    .filter(c -> c.state().stands() && !c.storage().equals(to))
                    .filter(c -> isOpen(c.storage()));
        }

        private boolean isOpen(StorageName element) {
            return now.condition(element).silentSince().isEmpty()
                    && now.condition(element).downtimeAt(at).isEmpty()
                    && elements.get().driver(element).isPresent();
        }

        private Candidate candidate(CopyRow copy) {
            return new Candidate(
                    copy,
                    isTape(now, copy),
                    distances.between(copy.storage(), to),
                    thirdParty(copy.storage()).isPresent() && thirdParty(to).isPresent());
        }
    }

    private Optional<ThirdPartyCopy> thirdParty(StorageName element) {
        return elements.get().driver(element).flatMap(StorageDriver::thirdParty);
    }

    boolean answers(StorageName element) {
        return elements.get()
                .driver(element)
                .map(d -> d.reach() instanceof Reach.Answers)
                .orElse(false);
    }

    /** Whether the site of an element declared that it does not work now: it is neither source nor target then. */
    boolean isInDowntime(StorageName element, Instant at) {
        return surroundings.get().condition(element).downtimeAt(at).isPresent();
    }

    /** Whether an element is recorded as silent. */
    boolean isSilent(StorageName element) {
        return surroundings.get().condition(element).silentSince().isPresent();
    }

    /**
     * Brings the tape sources of some trips online, all of one element in one recall; trips that fail are left in. What is
     * recalled by whoever makes the copy is left alone.
     */
    List<Trip> online(List<Trip> trips) {
        paths(trips).forEach((element, paths) -> {
            Map<StoragePath, Recalled> recalled = elements.get().of(element).recall(paths);
            recalled.forEach((path, outcome) -> {
                if (outcome == Recalled.FAILED) {
                    System.getLogger(Sources.class.getName())
                            .log(System.Logger.Level.WARNING, "recall of {0} at {1} failed", path, element);
                }
            });
        });
        return trips;
    }

    /** Lets go of what {@link #online} brought. */
    void done(List<Trip> trips) {
        paths(trips).forEach((element, paths) -> elements.get().of(element).evict(paths));
    }

    private Map<StorageName, Set<StoragePath>> paths(List<Trip> trips) {
        Map<StorageName, Set<StoragePath>> paths = new HashMap<>();
        trips.stream()
                .filter(t -> !isRecalledOnTheWay(t))
                .map(Trip::source)
                .filter(Source::tape)
                .forEach(s -> paths.computeIfAbsent(s.copy().storage(), n -> new HashSet<>())
                        .add(s.copy().path()));
        return paths;
    }

    /** Whether who copies this file also recalls it; what passes through us does not go that way. */
    private boolean isRecalledOnTheWay(Trip trip) {
        Optional<ThirdPartyCopy> target = thirdParty(trip.lease().to());
        return trip.file().size().bytes() > Landing.SMALL
                && trip.source()
                        .afar()
                        .filter(from ->
                                target.filter(t -> t.recallsFrom(from.server())).isPresent())
                        .isPresent();
    }

    private Source source(Candidate chosen) {
        CopyRow copy = chosen.copy();
        StorageDriver driver = elements.get().of(copy.storage());
        Cargo.Opening opening = () -> {
            if (driver.look(copy.path()) instanceof StorageDriver.Seen.Absent) {
                throw new IOException("nothing stands at " + copy.path());
            }
            return driver.open(copy.path());
        };
        return new Source(
                copy, chosen.tape(), opening, driver.thirdParty().map(server -> new Origin(server, copy.path())));
    }

    private static boolean isTape(Surroundings now, CopyRow copy) {
        return now.element(copy.storage()).map(e -> e.isTape()).orElse(false);
    }
}
