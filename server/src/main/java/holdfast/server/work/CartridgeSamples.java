package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.catalog.CopyState;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.fixity.Inspection;
import holdfast.fixity.Inspector;
import holdfast.fixity.Outcome;
import holdfast.journal.Fact;
import holdfast.server.sql.CartridgeTable;
import holdfast.server.sql.CartridgeTable.On;
import holdfast.server.sql.FileCopy;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Inspections;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.Locator;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Samples of cartridges, at sites where the plan takes them: when the proof of a file on a cartridge is about to be late, a few
 * files of the cartridge are read from it in the place of all. If all of them are right, the proofs of the others are carried on; a
 * cartridge of which anything is known to be bad is not sampled, and each file on it is read by itself.
 */
final class CartridgeSamples {
    private static final int AT_ONCE = 1_000;

    private final Workplace place;
    private final CartridgeTable cartridges;
    private final Inspections inspections;
    private final Holdings holdings;
    private final Duration retry;
    private final Map<Cartridge, Instant> waiting = new ConcurrentHashMap<>();

    /** @param retry how soon a sample that could not be read whole is tried again */
    CartridgeSamples(Workplace place, Duration retry) {
        this.place = place;
        this.retry = retry;
        this.cartridges = new CartridgeTable(place.words());
        this.inspections = new Inspections(place.words());
        this.holdings = new Holdings(place.words());
    }

    private record Cartridge(StorageName element, String cartridge) {}

    /** Files that stand for all on their cartridge. */
    record Sample(String cartridge, List<FileCopy> files) {}

    /**
     * What is read in a step.
     *
     * @param sample is among the copies
     */
    record Due(List<FileCopy> copies, Optional<Sample> sample) {}

    /** Whether the plan takes samples of cartridges at an element's site. */
    static boolean areTaken(Station station) {
        StorageElement element = station.element();
        return element.isTape()
                && station.inForce().plan().limits().sampleProof().contains(element.site());
    }

    /** Puts a sample of one cartridge in the place of the copies that may lean on one; those of further cartridges come later. */
    Due of(Station station, List<FileCopy> due) {
        List<FileCopy> own = new ArrayList<>();
        Set<String> unsound = new HashSet<>();
        Optional<Sample> sample = Optional.empty();
        waiting.values().removeIf(until -> !until.isAfter(place.now()));
        for (FileCopy copy : due) {
            Optional<String> cartridge = mayLean(copy.copy()).filter(label -> !unsound.contains(label));
            if (cartridge
                    .map(c -> new Cartridge(station.name(), c))
                    .filter(waiting::containsKey)
                    .isPresent()) {
                continue;
            }
            if (cartridge.isPresent() && sample.isEmpty()) {
                sample = sample(station, cartridge.get());
            }
            if (cartridge.isPresent() && sample.isEmpty()) {
                unsound.add(cartridge.get());
            }
            if (cartridge.isEmpty() || sample.isEmpty()) {
                own.add(copy);
            }
        }
        Set<FileCopy> all = new LinkedHashSet<>(own);
        sample.ifPresent(s -> all.addAll(s.files()));
        return new Due(List.copyOf(all), sample);
    }

    /** The cartridge of a copy whose medium was read once, and whose proof only grew old. */
    private static Optional<String> mayLean(CopyRow copy) {
        return copy.state() == CopyState.PROVED
                        && copy.proof().map(Proof::fromMedium).orElse(false)
                ? copy.locator().flatMap(Locator::cartridge)
                : Optional.empty();
    }

    private Optional<Sample> sample(Station station, String cartridge) {
        List<On> on = place.database().read(connection -> cartridges.of(connection, station.name(), cartridge));
        List<On> proved = on.stream().filter(CartridgeSamples::isProved).toList();
        if (proved.isEmpty() || !isSound(on)) {
            return Optional.empty();
        }
        List<NameKey> keys = new ArrayList<>(choose(proved, cartridge));
        List<FileCopy> files = place.database().read(c -> inspections.of(c, station.name(), keys));
        return Optional.of(new Sample(cartridge, files));
    }

    private static boolean isProved(On one) {
        return one.state() == CopyState.PROVED && one.medium();
    }

    /** Nothing on it is known to be bad, or waits to be read anew. */
    private static boolean isSound(List<On> on) {
        return on.stream().allMatch(one -> switch (one.state()) {
            case ARRIVED, PROVED, RELEASING, RELEASED -> true;
            case SUSPECT, CORRUPT, UNREADABLE, MISSING, CLAIMED -> false;
        });
    }

    /** The first and the last on the cartridge, the one proved longest ago, and another one that the day decides. */
    private Set<NameKey> choose(List<On> proved, String cartridge) {
        Comparator<On> byPosition = Comparator.comparing(CartridgeSamples::position);
        Comparator<On> byProof = Comparator.comparing(On::provedAt);
        long day = place.now().getEpochSecond() / 86_400;
        int any = Math.floorMod((cartridge + day).hashCode(), proved.size());
        return new LinkedHashSet<>(List.of(
                Collections.min(proved, byProof).key(),
                Collections.min(proved, byPosition).key(),
                Collections.max(proved, byPosition).key(),
                proved.get(any).key()));
    }

    private static java.math.BigInteger position(On one) {
        String digits = one.locator().text().replaceAll("^[^:]*:|[^0-9]", "");
        return digits.isEmpty() ? java.math.BigInteger.ZERO : new java.math.BigInteger(digits);
    }

    /** Carries the proofs of a cartridge on where its sample was read from the medium, whole and right; answers how many. */
    int carry(Station station, Sample sample, List<Inspection> recorded, Lease lease) {
        Optional<Instant> at = readWhole(sample, recorded);
        if (at.isEmpty()) {
            waiting.put(
                    new Cartridge(station.name(), sample.cartridge()),
                    place.now().plus(retry));
            return 0;
        }
        List<NameKey> keys = place.database().read(c -> cartridges.of(c, station.name(), sample.cartridge())).stream()
                .filter(CartridgeSamples::isProved)
                .map(On::key)
                .toList();
        int carried = 0;
        for (int i = 0; i < keys.size(); i += AT_ONCE) {
            List<NameKey> some = keys.subList(i, Math.min(keys.size(), i + AT_ONCE));
            List<CopyRow> rows = new ArrayList<>();
            place.journal().append(Inspecting.ACTOR, connection -> {
                rows.clear();
                if (place.leases().stillHolds(connection, lease)) {
                    rows.addAll(carried(connection, station, sample.cartridge(), some, at.get()));
                }
                return rows.isEmpty()
                        ? Optional.<Fact>empty()
                        : Optional.of(new CopiesInspected(rows, Collections.nCopies(rows.size(), Outcome.INTACT)));
            });
            carried += rows.size();
        }
        return carried;
    }

    /** When the reading of the whole sample began; empty where a file of it was not read from the medium, or not right. */
    private static Optional<Instant> readWhole(Sample sample, List<Inspection> recorded) {
        Set<NameKey> wanted = new HashSet<>();
        sample.files().forEach(f -> wanted.add(f.file().id().key()));
        Optional<Instant> began = recorded.stream()
                .filter(i -> i.outcome() == Outcome.INTACT && i.kind() == ProofKind.MEDIUM)
                .filter(i -> wanted.remove(i.copy().id().key()))
                .map(Inspection::at)
                .min(Comparator.naturalOrder());
        return wanted.isEmpty() ? began : Optional.empty();
    }

    private List<CopyRow> carried(
            Connection connection, Station station, String cartridge, List<NameKey> keys, Instant at)
            throws SQLException {
        var locked = holdings.lock(connection, keys);
        if (!isSound(cartridges.of(connection, station.name(), cartridge))) {
            return List.of();
        }
        return Effects.copies(locked, station.name(), c -> mayLean(c).equals(Optional.of(cartridge)))
                .filter(c -> c.proof().orElseThrow().at().isBefore(at))
                .flatMap(c -> Inspector.after(new Inspection(
                                c, at, Outcome.INTACT, ProofKind.CARTRIDGE_SAMPLE, Optional.empty(), Optional.empty()))
                        .stream())
                .toList();
    }
}
