package holdfast.server.catalog;

import holdfast.server.catalog.ReplicaLine.Address;
import holdfast.server.catalog.ReplicaLine.Held;
import holdfast.server.catalog.ReplicaLine.Unpacking;
import holdfast.server.catalog.ReplicaLine.Way;
import holdfast.server.sql.FileWithCopies;
import holdfast.server.sql.FileWithCopies.OneCopy;
import holdfast.server.sql.Words;
import holdfast.vocabulary.StorageName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one query shows of each file: which copies, in which state, by which addresses. For one thread. */
final class ReplicaListing {
    /** The scheme of servers that take a file out of an archive themselves. */
    private static final String LOOKS_INSIDE = "root";

    private static final Comparator<Address> BEST_FIRST = Comparator.comparing(
                    (Address a) -> a.way().unpacking())
            .thenComparing(a -> !a.way().isLocal())
            .thenComparing(a -> a.way().place().isTape())
            .thenComparing(a -> a.way().preference())
            .thenComparing(a -> a.way().place().name());

    private final ReplicaQuery query;
    private final Places places;
    private final Words words;
    private final Map<Integer, Optional<Shown>> shown = new HashMap<>();
    private Optional<Set<StorageName>> silent = Optional.empty();

    /**
     * An element as this query shows it.
     *
     * @param inside ways to what lies within archives there
     */
    private record Shown(ReplicaPlace place, boolean answers, List<Way> ways, List<Way> inside) {}

    ReplicaListing(ReplicaQuery query, Places places, Words words) {
        this.query = query;
        this.places = places;
        this.words = words;
    }

    /** Empty where the file has no copy that is listed, and only such files were asked for. */
    Optional<ReplicaLine> line(FileWithCopies file) {
        Gathered all = new Gathered(
                file.name(),
                new ArrayList<>(file.copies().size()),
                new ArrayList<>(file.copies().size()));
        for (OneCopy copy : file.copies()) {
            at(copy).ifPresent(at -> all.add(at.place, state(copy, at), copy.path(), at.ways));
        }
        for (FileWithCopies archive : file.archives()) {
            for (OneCopy copy : archive.copies()) {
                at(copy).ifPresent(at -> all.add(at.place, state(copy, at), copy.path(), at.inside));
            }
        }
        boolean onlyWithCopies =
                query.within().isPresent() || query.states().since().isPresent();
        return all.held.isEmpty() && onlyWithCopies
                ? Optional.empty()
                : Optional.of(new ReplicaLine(file, all.held, ordered(all.addresses)));
    }

    /** Where a copy lies, if it is one that is asked for. */
    private Optional<Shown> at(OneCopy copy) {
        return query.states().since().filter(copy.since()::isBefore).isPresent()
                ? Optional.empty()
                : shown.computeIfAbsent(copy.storage(), this::show);
    }

    /** What is listed of one file. */
    private final class Gathered {
        private final String name;
        private final List<Held> held;
        private final List<Address> addresses;

        Gathered(String name, List<Held> held, List<Address> addresses) {
            this.name = name;
            this.held = held;
            this.addresses = addresses;
        }

        void add(ReplicaPlace place, ReplicaState state, String path, List<Way> ways) {
            boolean asked = state == ReplicaState.AVAILABLE || query.states().all();
            if (!asked || !query.schemes().isEmpty() && ways.isEmpty()) {
                return;
            }
            hold(place, state);
            if (!path.isEmpty()) {
                for (Way way : ways) {
                    addresses.add(new Address(way, way.pfn(path, name)));
                }
            }
        }

        /** An element is named once, also where a copy and an archive lie at it. */
        private void hold(ReplicaPlace place, ReplicaState state) {
            for (int i = 0; i < held.size(); i++) {
                if (held.get(i).place() == place) {
                    if (state == ReplicaState.AVAILABLE) {
                        held.set(i, new Held(place, state));
                    }
                    return;
                }
            }
            held.add(new Held(place, state));
        }
    }

    private static ReplicaState state(OneCopy copy, Shown at) {
        Optional<ReplicaState> recorded = copy.state().flatMap(ReplicaState::of);
        if (recorded.isEmpty()) {
            return ReplicaState.COPYING;
        }
        ReplicaState said = copy.mark() == ' '
                ? recorded.get()
                : ReplicaState.of(String.valueOf(copy.mark())).orElse(recorded.get());
        if (recorded.get() != ReplicaState.AVAILABLE) {
            return recorded.get();
        }
        return said == ReplicaState.AVAILABLE && !at.answers ? ReplicaState.TEMPORARY_UNAVAILABLE : said;
    }

    private List<Address> ordered(List<Address> addresses) {
        if (addresses.size() > 1) {
            if (query.picked().shuffled()) {
                Collections.shuffle(addresses);
            } else {
                addresses.sort(BEST_FIRST);
            }
        }
        int most = query.picked().addresses().orElse(Integer.MAX_VALUE);
        return addresses.size() <= most ? addresses : addresses.subList(0, most);
    }

    private Optional<Shown> show(int storage) {
        StorageName name = new StorageName(words.text(storage));
        return places.find(name)
                .filter(place -> query.within().map(w -> w.contains(name)).orElse(true))
                .filter(place ->
                        place.rse().availability().read() || query.states().unreadableToo())
                .map(place -> new Shown(place, answers(place), ways(place, false), ways(place, true)));
    }

    /** Asked once, and only where there is an element that can fall silent. */
    private boolean answers(ReplicaPlace place) {
        if (!place.rse().isOfTheHouse()) {
            return true;
        }
        if (silent.isEmpty()) {
            silent = Optional.of(places.silent());
        }
        return !silent.get().contains(place.name());
    }

    /** @param inside to what lies within archives; a server that can look into them is always named */
    private List<Way> ways(ReplicaPlace place, boolean inside) {
        boolean home = query.site().isPresent() && query.site().equals(place.site());
        List<Way> ways = new ArrayList<>();
        for (ReplicaPlace.Door door : place.doors()) {
            boolean looksInside = inside && door.scheme().equals(LOOKS_INSIDE);
            if (!query.schemes().isEmpty() && !query.schemes().contains(door.scheme()) && !looksInside) {
                continue;
            }
            boolean lan = switch (query.network()) {
                case LAN, BOTH -> true;
                case WAN -> false;
                case BY_SITE -> home;
            };
            boolean wan = switch (query.network()) {
                case WAN, BOTH -> true;
                case LAN -> false;
                case BY_SITE -> !home;
            };
            Unpacking unpacking = !inside ? Unpacking.NONE : looksInside ? Unpacking.BY_SERVER : Unpacking.BY_CLIENT;
            if (lan && door.lan() > 0) {
                ways.add(new Way(place, door.root(), Domain.LAN, door.lan(), unpacking));
            }
            // One address is listed once: where both networks use the same, the local one stands for it.
            if (wan && door.wan() > 0 && ways.stream().noneMatch(w -> w.root().equals(door.root()))) {
                ways.add(new Way(place, door.root(), Domain.WAN, door.wan(), unpacking));
            }
        }
        ways.sort(Comparator.comparing((Way w) -> !w.isLocal()).thenComparing(Way::preference));
        return List.copyOf(ways);
    }
}
