package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.judgement.CopyStanding;
import holdfast.judgement.Holding;
import holdfast.judgement.Surroundings;
import holdfast.placement.Demand;
import holdfast.placement.LoadView;
import holdfast.placement.Placement;
import holdfast.placement.Placer;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.ObservedScopes;
import holdfast.server.sql.Tolls;
import holdfast.server.sql.Words;
import holdfast.storage.Locator;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What lies on a cartridge, and what its loss would mean: judged as if its copies were gone, nothing recorded. */
public final class Cartridges {
    private final Database database;
    private final Tolls tolls;
    private final Holdings holdings;
    private final Supplier<Surroundings> surroundings;
    private final HouseClock clock;

    public Cartridges(Database database, Words words, Supplier<Surroundings> surroundings, HouseClock clock) {
        this.database = database;
        this.tolls = new Tolls(words);
        this.holdings = new Holdings(words);
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /** A cartridge with its files, by name, and what would be ordered were it lost. */
    public record Cartridge(String element, String label, long bytes, List<OnIt> files, List<Ordered> orders) {}

    /** A file on it, with its copies elsewhere that count or may count. */
    public record OnIt(String did, long bytes, int countingElsewhere, int mayCountElsewhere) {}

    /** Copies that would be ordered at an element. */
    public record Ordered(String element, long copies, long bytes) {
        Ordered plus(long more) {
            return new Ordered(element, copies + 1, bytes + more);
        }
    }

    public Cartridge look(StorageName element, String label) {
        Instant now = clock.now();
        Surroundings here = surroundings.get();
        List<Holding> on = database.read(connection -> {
            List<NameKey> keys = tolls.onCartridge(connection, element, label);
            return holdings.of(connection, keys);
        });
        List<OnIt> files = new ArrayList<>();
        Map<StorageName, Ordered> orders = new TreeMap<>();
        LoadView load = LoadView.NONE;
        Set<Scope> observed = database.read(ObservedScopes::in);
        for (Holding holding : on) {
            Holding without = without(holding, element, label, now);
            FileRow file = holding.file().orElseThrow();
            files.add(onIt(file, without, here, now));
            if (observed.contains(file.id().scope())) {
                continue;
            }
            Placement placement = Placer.plan(
                    without,
                    file.belongs().map(b -> here.plan().about(b.classId())).orElse(List.of()),
                    here,
                    load,
                    now);
            load = new LoadView(load.after(placement, file, here).bytes(), Map.of());
            for (Demand demand : placement.demands()) {
                orders.merge(
                        demand.to(),
                        new Ordered(demand.to().name(), 1, file.size().bytes()),
                        (sum, one) -> sum.plus(one.bytes));
            }
        }
        files.sort(java.util.Comparator.comparing(OnIt::did));
        long bytes = files.stream().mapToLong(OnIt::bytes).sum();
        return new Cartridge(element.name(), label, bytes, files, List.copyOf(orders.values()));
    }

    private static OnIt onIt(FileRow file, Holding without, Surroundings here, Instant now) {
        List<CopyStanding> standings = without.copies().stream()
                .map(c -> CopyStanding.of(c, here, now))
                .toList();
        int counting = (int) standings.stream().filter(CopyStanding::counts).count();
        int open = (int) standings.stream().filter(CopyStanding::mayCount).count();
        DataId id = file.id();
        return new OnIt(id.toString(), file.size().bytes(), counting, open - counting);
    }

    private static Holding without(Holding holding, StorageName element, String label, Instant now) {
        List<CopyRow> copies = holding.copies().stream()
                .map(c -> c.storage().equals(element)
                                && c.locator().flatMap(Locator::cartridge).equals(Optional.of(label))
                        ? c.state(CopyState.MISSING, now, Optional.empty())
                        : c)
                .toList();
        return holding.with(copies);
    }
}
