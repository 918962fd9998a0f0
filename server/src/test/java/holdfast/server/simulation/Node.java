package holdfast.server.simulation;

import holdfast.custody.InForce;
import holdfast.plan.Sites;
import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.Disk;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.keeping.JournalKeeper;
import holdfast.server.keeping.Outside;
import holdfast.server.movers.Elements;
import holdfast.server.movers.Mover;
import holdfast.server.movers.Sources;
import holdfast.server.sql.Database;
import holdfast.server.sql.DemandTable;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Homes;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Memory;
import holdfast.server.sql.Rows;
import holdfast.server.sql.Sequencer;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.State;
import holdfast.server.sql.StateRows;
import holdfast.server.sql.Verdicts;
import holdfast.server.sql.Words;
import holdfast.server.work.Assessor;
import holdfast.server.work.Attendant;
import holdfast.server.work.Drivers;
import holdfast.server.work.FixitySettings;
import holdfast.server.work.FixityWorker;
import holdfast.server.work.Intake;
import holdfast.server.work.Listing;
import holdfast.server.work.ListingSettings;
import holdfast.server.work.Loads;
import holdfast.server.work.RecallDrills;
import holdfast.server.work.ReleaseList;
import holdfast.server.work.WatchSettings;
import holdfast.server.work.Watcher;
import holdfast.server.work.Workplace;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One node: the real workers, built as the server builds them, with a way to the database and drivers of its own. */
final class Node {
    private static final FixitySettings FIXITY = new FixitySettings(
            500,
            1L << 30,
            1,
            0.8,
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            Duration.ofHours(20),
            Duration.ofMinutes(1));

    private static final Duration LEASE = Duration.ofMinutes(5);

    final String name;
    final World world;
    final Database database;
    final SqlJournal journal;
    final Entries entries;
    final StateRows stateRows;
    final State state;
    final Assessor assessor;
    final Attendant attendant;
    final Intake intake;
    final ReleaseList releaseList;
    final Workplace place;
    final Map<String, Baton.Work> jobs = new LinkedHashMap<>();
    final Map<String, Baton.Task> tasks = new HashMap<>();
    boolean dead;

    Node(String name, World world, Setting setting, @Nullable Lane lane) {
        this.name = name;
        this.world = world;
        Wire wire = new Wire(world, java.util.Objects.requireNonNull(lane), this);
        database = new Database(wire);
        HouseClock clock = world::now;
        Supplier<InForce> inForce = () -> setting.inForce();
        Words words = new Words(database);
        Memory memory = new Memory(database);
        state = new State(words);
        Holdings holdings = new Holdings(words);
        Homes homes = new Homes(words);
        DemandTable demands = new DemandTable(words);
        entries = new Entries(database);
        stateRows = new StateRows(database, entries, words);
        Leases leases = new Leases(database, clock);
        journal = new SqlJournal(database, new Rows(words), clock);
        Map<StorageName, ElementDriver> drivers = new HashMap<>();
        world.stores.forEach((element, store) -> drivers.put(element, new SimulatedDriver(world, store)));
        Supplier<Elements> elements = () -> new Elements(new HashMap<>(drivers));
        attendant = new Attendant(
                new Attendant.Desk(database, homes, holdings, state, journal, clock),
                inForce,
                new Loads(database, state, demands));
        assessor = new Assessor(
                database, new Assessor.Reads(new Verdicts(words), state, memory), attendant, inForce, clock);
        intake = new Intake(new Intake.Desk(database, holdings, journal, clock), inForce, elements);
        releaseList = new ReleaseList(database, homes, holdings, journal, clock);
        Mover mover = new Mover(
                new Mover.Desk(database, holdings, demands, journal, clock, elements, LEASE),
                new Sources(elements, attendant::surroundings, (from, to) -> OptionalLong.empty()),
                () -> setting.inForce().naming().layout());
        place = new Workplace(database, words, journal, leases, clock, Drivers.of(drivers), inForce);
        JournalKeeper keeper = new JournalKeeper(
                new JournalKeeper.Desk(database, new Sequencer(database), entries, leases, memory, clock),
                elements,
                () -> List.copyOf(world.stores.keySet()),
                new JournalKeeper.Settings(
                        outside(setting, name), setting.key(), 20, Duration.ofHours(6), Duration.ofHours(12)));
        jobs.put("attend", attendant::step);
        jobs.put("journal", keeper::step);
        Random random = new Random(world.random.nextLong());
        for (StorageName element : world.stores.keySet()) {
            add(element, mover, random, setting);
        }
    }

    private void add(StorageName element, Mover mover, Random random, Setting setting) {
        FixityWorker fixity = new FixityWorker(place, FIXITY);
        RecallDrills drills = new RecallDrills(place, WatchSettings.DEFAULTS, FIXITY, random);
        Listing listing = new Listing(
                place,
                ListingSettings.DEFAULTS,
                FIXITY,
                setting.inForce().naming().layout());
        Watcher watcher = new Watcher(only(element, setting), WatchSettings.DEFAULTS);
        jobs.put("watch " + element, watcher::step);
        jobs.put("move " + element, () -> mover.step(element, 200));
        jobs.put("inspect " + element, () -> {
            fixity.step(element);
            drills.step(element);
            listing.step(element);
        });
    }

    /** The house as if it had one element: a watcher looks at all elements at once, in threads without an order. */
    private Workplace only(StorageName element, Setting setting) {
        return new Workplace(
                place.database(),
                place.words(),
                place.journal(),
                place.leases(),
                place.clock(),
                place.drivers(),
                () -> only(element, setting.inForce()));
    }

    private static InForce only(StorageName element, InForce all) {
        Sites sites = all.sites();
        Map<StorageName, StorageElement> one = new HashMap<>();
        Optional<StorageElement> found = sites.element(element);
        found.ifPresent(e -> one.put(element, e));
        return new InForce(
                all.plan(),
                new Sites(
                        one, sites.agreements(), sites.landing(), sites.timeZone(), sites.clockName(), sites.digest()),
                all.naming());
    }

    /** Nothing that this node has begun has any effect from now on. */
    void die() {
        dead = true;
        tasks.values().forEach(task -> task.killed = true);
    }

    List<Baton.Task> asleep() {
        List<Baton.Task> found = new ArrayList<>();
        tasks.values().stream().filter(t -> !t.over).forEach(found::add);
        return found;
    }

    /** The folder of heads and segments, without the waits for a medium: no power fails in a simulation. */
    private static Outside outside(Setting setting, String name) {
        try {
            return Outside.in(setting.folder().resolve(name), new Disk() {
                @Override
                public void sync(FileChannel file) {}

                @Override
                public void syncFolder(Path folder) {}
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
