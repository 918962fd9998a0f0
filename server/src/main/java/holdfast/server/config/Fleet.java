package holdfast.server.config;

import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.DriverCalls;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.movers.Elements;
import holdfast.server.sql.Database;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The storage elements of the sites file in force, each with the driver that reaches it; a driver lives until the house ends. */
final class Fleet implements AutoCloseable {
    final DriverCalls calls = new DriverCalls();
    final Map<StorageName, ElementDriver> drivers = new ConcurrentHashMap<>();
    private final Adoption adoption;
    private final Ports ports;
    private final DriverCatalogue catalogue;

    Fleet(Options options, Ports ports, Adoption adoption, HouseClock clock) {
        this.ports = ports;
        this.adoption = adoption;
        Start start = new Start(Database.newId(), clock.now());
        catalogue = new DriverCatalogue(
                options.data(), start, ports.disk(), Kinds.of(options.data(), start, clock, options.privateStorage()));
    }

    ElementDriver driver(StorageName name) {
        return drivers.computeIfAbsent(
                name, n -> calls.counted(n, ports.drivers().apply(n, catalogue.driverOf(element(n)))));
    }

    private StorageElement element(StorageName name) {
        return adoption.get()
                .sites()
                .element(name)
                .orElseThrow(() -> new IllegalArgumentException("the sites file names no element " + name));
    }

    /** The way to an element, where the sites file names it. */
    Optional<StorageDriver> ofSites(StorageName name) {
        return adoption.get().sites().element(name).map(element -> driver(element.name()));
    }

    Elements all() {
        Map<StorageName, StorageDriver> all = new HashMap<>();
        adoption.get().sites().all().forEach(e -> all.put(e.name(), driver(e.name())));
        return new Elements(all);
    }

    /** Archive elements of different sites, for the journal's segments. */
    List<StorageName> archives() {
        Map<SiteName, StorageName> firstOfSite = new LinkedHashMap<>();
        adoption.get().sites().all().stream()
                .filter(e -> e.isArchival() && e.use() == StorageElement.Use.IN_USE)
                .forEach(e -> firstOfSite.putIfAbsent(e.site(), e.name()));
        return List.copyOf(firstOfSite.values());
    }

    @Override
    public void close() {
        drivers.values().forEach(ElementDriver::close);
    }
}
