package holdfast.server.catalog;

import holdfast.server.catalog.ReplicaLine.Address;
import holdfast.server.catalog.ReplicaLine.Held;
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
    private static final Comparator<Address> BEST_FIRST = Comparator.comparing(
                    (Address a) -> !a.way().local())
            .thenComparing(a -> a.way().place().isTape())
            .thenComparing(a -> a.way().preference())
            .thenComparing(a -> a.way().place().name());

    private final ReplicaQuery query;
    private final Places places;
    private final Words words;
    private final Map<Integer, Optional<Shown>> shown = new HashMap<>();
    private Optional<Set<StorageName>> silent = Optional.empty();

    /** An element as this query shows it. */
    private record Shown(ReplicaPlace place, boolean answers, List<Way> ways) {}

    ReplicaListing(ReplicaQuery query, Places places, Words words) {
        this.query = query;
        this.places = places;
        this.words = words;
    }

    /** Empty where the file has no copy that is listed, and only such files were asked for. */
    Optional<ReplicaLine> line(FileWithCopies file) {
        List<Held> held = new ArrayList<>(file.copies().size());
        List<Address> addresses = new ArrayList<>(file.copies().size());
        for (OneCopy copy : file.copies()) {
            Optional<Shown> at = shown.computeIfAbsent(copy.storage(), this::show);
            if (at.isPresent() && isAsked(copy)) {
                add(copy, at.get(), held, addresses);
            }
        }
        boolean onlyWithCopies =
                query.within().isPresent() || query.states().since().isPresent();
        return held.isEmpty() && onlyWithCopies
                ? Optional.empty()
                : Optional.of(new ReplicaLine(file, held, ordered(addresses)));
    }

    private boolean isAsked(OneCopy copy) {
        return query.states().since().filter(copy.since()::isBefore).isEmpty();
    }

    private void add(OneCopy copy, Shown at, List<Held> held, List<Address> addresses) {
        ReplicaState state = state(copy, at);
        if (state != ReplicaState.AVAILABLE && !query.states().all()) {
            return;
        }
        if (!query.schemes().isEmpty() && at.ways.isEmpty()) {
            return;
        }
        held.add(new Held(at.place, state));
        if (!copy.path().isEmpty()) {
            for (Way way : at.ways) {
                addresses.add(new Address(way, way.root().concat(copy.path())));
            }
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
                .map(place -> new Shown(place, answers(place), ways(place)));
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

    private List<Way> ways(ReplicaPlace place) {
        boolean home = query.site().isPresent() && query.site().equals(place.site());
        List<Way> ways = new ArrayList<>();
        for (ReplicaPlace.Door door : place.doors()) {
            if (!query.schemes().isEmpty() && !query.schemes().contains(door.scheme())) {
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
            if (lan && door.lan() > 0) {
                ways.add(new Way(place, door.root(), true, door.lan()));
            }
            // One address is listed once: where both networks use the same, the local one stands for it.
            if (wan && door.wan() > 0 && ways.stream().noneMatch(w -> w.root().equals(door.root()))) {
                ways.add(new Way(place, door.root(), false, door.wan()));
            }
        }
        ways.sort(Comparator.comparing(Way::local).reversed().thenComparing(Way::preference));
        return List.copyOf(ways);
    }
}
