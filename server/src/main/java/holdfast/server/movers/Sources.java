package holdfast.server.movers;

import holdfast.catalog.CopyRow;
import holdfast.judgement.Holding;
import holdfast.judgement.Surroundings;
import holdfast.server.movers.Mover.Trip;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.storage.ThirdPartyCopy;
import holdfast.transfer.Candidate;
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
    public record Source(CopyRow copy, boolean tape, Cargo.Opening opening, Optional<Cargo.Afar> afar) {}

    /** How far elements are from each other. */
    @FunctionalInterface
    public interface Farness {
        /** As the experiment ranks its links, smaller is nearer; empty where nobody said. */
        OptionalLong between(StorageName from, StorageName to);
    }

    /** The best source of a file for a copy to an element; empty when none can be read now. */
    Optional<Source> best(Holding holding, StorageName to, Instant at) {
        Surroundings now = surroundings.get();
        return holding.copies().stream()
                .filter(c -> c.state().stands() && !c.storage().equals(to))
                .filter(c -> now.condition(c.storage()).silentSince().isEmpty())
                .filter(c -> now.condition(c.storage()).downtimeAt(at).isEmpty())
                .filter(c -> elements.get().driver(c.storage()).isPresent())
                .map(c -> candidate(now, c, to))
                .min(Candidate.ORDER)
                .map(this::source);
    }

    private Candidate candidate(Surroundings now, CopyRow copy, StorageName to) {
        return new Candidate(
                copy,
                isTape(now, copy),
                distances.between(copy.storage(), to),
                thirdParty(copy.storage()).isPresent() && thirdParty(to).isPresent());
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

    /** Brings the tape sources of some trips online, all of one element in one recall; trips that fail are left in. */
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

    private static Map<StorageName, Set<StoragePath>> paths(List<Trip> trips) {
        Map<StorageName, Set<StoragePath>> paths = new HashMap<>();
        trips.stream()
                .map(Trip::source)
                .filter(Source::tape)
                .forEach(s -> paths.computeIfAbsent(s.copy().storage(), n -> new HashSet<>())
                        .add(s.copy().path()));
        return paths;
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
                copy, chosen.tape(), opening, driver.thirdParty().map(server -> new Cargo.Afar(server, copy.path())));
    }

    private static boolean isTape(Surroundings now, CopyRow copy) {
        return now.element(copy.storage()).map(e -> e.isTape()).orElse(false);
    }
}
