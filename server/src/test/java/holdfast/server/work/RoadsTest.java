package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.judgement.Surroundings;
import holdfast.plan.Roads;
import holdfast.plan.Roads.Ends;
import holdfast.plan.Roads.Link;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.movers.Elements;
import holdfast.server.movers.Mover;
import holdfast.server.movers.Sources;
import holdfast.server.sql.DemandTable;
import holdfast.server.sql.DemandTable.Waiting;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Words;
import holdfast.storage.Medium;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath.Layout;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of roads and copies by way of another element, with the real mover, PostgreSQL and folders. */
class RoadsTest {
    private static final StorageName FAR = new StorageName("FAR-DISK");
    private static final StorageName HOP = new StorageName("HOP-DISK");
    private static final StorageName SECOND = new StorageName("SECOND-HOP");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private WorkHouse house;
    private DemandTable demands;
    private final Map<StorageName, ElementDriver> drivers = new HashMap<>();

    @BeforeEach
    void begin(@TempDir Path folder) {
        house = new WorkHouse(folder);
        demands = new DemandTable(house.words);
        drivers.put(WorkHouse.DISK, house.disk());
        add(FAR, Medium.ARCHIVAL_DISK);
        add(HOP, Medium.DISK);
        add(SECOND, Medium.DISK);
    }

    @AfterEach
    void end() {
        house.close();
    }

    private void add(StorageName name, Medium medium) {
        ElementDriver driver = house.posix(name);
        driver.initialise(true);
        house.add(name, medium, driver);
        drivers.put(name, driver);
    }

    private Mover mover(Roads roads) {
        Surroundings within = new Surroundings(
                WorkHouse.plan(), house.place.inForce().get().sites().with(roads), Map.of());
        return new Mover(
                new Mover.Desk(
                        house.database,
                        new Holdings(house.words),
                        demands,
                        house.journal,
                        house::now,
                        () -> new Elements(Map.copyOf(drivers)),
                        LEASE),
                new Sources(() -> new Elements(Map.copyOf(drivers)), () -> within, (from, to) -> OptionalLong.empty()),
                () -> Layout.NAME);
    }

    private void order(List<DataId> files, StorageName to) {
        int storage = house.words.number(Words.Kind.STORAGE, to.name());
        house.database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into demand(home, leaf, storage_id, urgency, raised_at, due_at, bytes, period, reason)"
                            + " values (?, ?, ?, 1, 0, 0, 1, 0, 'P-1: wants two copies')")) {
                for (DataId file : files) {
                    insert.setLong(1, file.key().home());
                    insert.setLong(2, file.key().leaf());
                    insert.setInt(3, storage);
                    insert.executeUpdate();
                }
            }
            return true;
        });
    }

    private List<Waiting> waiting(DataId file) {
        return house.database.read(connection -> demands.of(connection, file.key()));
    }

    private Map<StorageName, CopyState> copies(DataId file) {
        Map<StorageName, CopyState> states = new HashMap<>();
        house.database
                .read(connection -> new Holdings(house.words)
                        .find(connection, file)
                        .orElseThrow()
                        .copies())
                .forEach(c -> states.put(c.storage(), c.state()));
        return states;
    }

    /** Another node's copies that are on their way. */
    private void underWay(List<DataId> files, StorageName to) {
        house.database.write(connection -> {
            var leased = demands.lease(connection, to, files.size(), house.now(), LEASE);
            demands.trips().lockAndCount(connection, house.now());
            demands.trips()
                    .add(
                            connection,
                            leased.stream()
                                    .map(l -> new holdfast.server.sql.TripTable.Trip(l, WorkHouse.DISK))
                                    .toList());
            return leased;
        });
    }

    @Test
    void aLinkTakesNoMoreThanItsLimitOverAllNodesAndWhoWaitsSaysSo() {
        List<DataId> files = house.files(10, 100);
        order(files, FAR);
        underWay(files.subList(0, 2), FAR);
        Mover mover = mover(new Roads(Map.of(), Map.of(new Link(WorkHouse.DISK, FAR), 5)));
        assertThat(mover.step(FAR, 200)).isEqualTo(3);
        assertThat(house.count(
                        "select count(*) from copy c join word w on w.id = c.storage_id where w.text = 'FAR-DISK'"))
                .isEqualTo(3);
        List<Waiting> held = files.stream()
                .flatMap(f -> waiting(f).stream())
                .filter(w -> w.attempts() == 0)
                .toList();
        assertThat(held)
                .hasSize(5)
                .allSatisfy(w -> assertThat(w.problem())
                        .contains("waits its turn: the most copies at once from LAB-DISK to FAR-DISK are 5, and"
                                + " so many are under way"));
        // What waits is no trouble, so the house is not at rest.
        assertThat(house.count("select count(*) from demand where problem is not null"))
                .isZero();
        house.pass(LEASE.plusSeconds(1));
        assertThat(mover.step(FAR, 200)).isEqualTo(5);
        house.pass(Duration.ofSeconds(6));
        assertThat(mover.step(FAR, 200)).isEqualTo(2);
        assertThat(house.count("select count(*) from demand")).isZero();
    }

    /** Two nodes that count in the same moment would each see the other's places as free. */
    @Test
    void nodesThatSetOutInTheSameMomentShareTheLimit() throws Exception {
        order(house.files(60, 100), FAR);
        Roads roads = new Roads(Map.of(), Map.of(new Link(WorkHouse.DISK, FAR), 7));
        List<Callable<Integer>> nodes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Mover mover = mover(roads);
            nodes.add(() -> mover.step(FAR, 15));
        }
        TricksterDriver source = new TricksterDriver(drivers.get(WorkHouse.DISK));
        AtomicLong most = new AtomicLong();
        source.beforeReads(() -> most.accumulateAndGet(
                house.count("select count(*) from trip t join demand d using (home, leaf, storage_id)"
                        + " where d.epoch = t.epoch and d.lease_until is not null"),
                Math::max));
        drivers.put(WorkHouse.DISK, source);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int carried = 0;
            for (Future<Integer> one : threads.invokeAll(nodes)) {
                carried += one.get();
            }
            assertThat(carried).isGreaterThanOrEqualTo(7);
        }
        assertThat(most.get()).isBetween(1L, 7L);
    }

    @Test
    void anotherSourceWithAFreeRoadIsTakenWhereTheBestOneIsFull() {
        List<DataId> files = house.files(4, 100);
        order(files, HOP);
        mover(Roads.OPEN).step(HOP, 200);
        assertThat(house.count("select count(*) from demand")).isZero();
        order(files, FAR);
        Mover mover = mover(new Roads(Map.of(), Map.of(new Link(WorkHouse.DISK, FAR), 1, new Link(HOP, FAR), 2)));
        assertThat(mover.step(FAR, 200)).isEqualTo(3);
        assertThat(house.count("select count(*) from trip")).isEqualTo(3);
        assertThat(house.count(
                        "select count(*) from trip t join word w on w.id = t.source_id where w.text = 'HOP-DISK'"))
                .isEqualTo(2);
    }

    @Test
    void whereNoSourceSendsItStraightACopyComesByWayOfAnElementThatAllowsIt() {
        DataId file = house.files(1, 300_000).getFirst();
        order(List.of(file), FAR);
        Roads roads = new Roads(Map.of(HOP, hop()), Map.of(new Link(WorkHouse.DISK, FAR), 0));
        Mover mover = mover(roads);
        mover.step(FAR, 200);
        assertThat(copies(file)).containsOnlyKeys(WorkHouse.DISK);
        assertThat(waiting(file))
                .satisfiesExactlyInAnyOrder(
                        w -> assertThat(w)
                                .extracting(Waiting::to, x -> x.problem().orElse(""))
                                .containsExactly(
                                        FAR,
                                        "comes by way of HOP-DISK, where a copy is ordered first: no source sends it"
                                                + " straight"),
                        w -> assertThat(w)
                                .extracting(Waiting::to, Waiting::reason)
                                .containsExactly(HOP, "on the way to FAR-DISK, for P-1: wants two copies"));
        mover.step(HOP, 200);
        assertThat(copies(file)).containsOnlyKeys(WorkHouse.DISK, HOP);
        // Its arrival wakes the order that waits for it.
        assertThat(mover.step(FAR, 200)).isEqualTo(1);
        assertThat(copies(file)).containsOnlyKeys(WorkHouse.DISK, HOP, FAR);
        assertThat(waiting(file)).isEmpty();
        assertThat(house.count("select count(*) from journal_entry where kind = 'transfer.copies-arrived'"))
                .isEqualTo(2);
    }

    @Test
    void twoElementsOneAfterTheOtherAreAWayToo() {
        DataId file = house.files(1, 5_000).getFirst();
        order(List.of(file), FAR);
        Roads roads = new Roads(
                Map.of(HOP, hop(), SECOND, hop()),
                Map.of(new Link(WorkHouse.DISK, FAR), 0, new Link(WorkHouse.DISK, SECOND), 0, new Link(HOP, FAR), 0));
        Mover mover = mover(roads);
        mover.step(FAR, 200);
        mover.step(SECOND, 200);
        mover.step(HOP, 200);
        mover.step(SECOND, 200);
        mover.step(FAR, 200);
        assertThat(copies(file)).containsOnlyKeys(WorkHouse.DISK, HOP, SECOND, FAR);
        assertThat(waiting(file)).isEmpty();
    }

    @Test
    void whereThereIsNoWayTheOrderSaysSo() {
        DataId file = house.files(1, 5_000).getFirst();
        order(List.of(file), FAR);
        mover(new Roads(Map.of(), Map.of(new Link(WorkHouse.DISK, FAR), 0))).step(FAR, 200);
        assertThat(waiting(file))
                .singleElement()
                .satisfies(w -> assertThat(w.problem())
                        .hasValueSatisfying(why -> assertThat(why).contains("none by a way that leads there")));
    }

    private static Ends hop() {
        return new Ends(OptionalInt.empty(), OptionalInt.empty(), true);
    }

    @Test
    void aCopyOnTheWayCountsForNothing() {
        DataId file = house.files(1, 5_000).getFirst();
        order(List.of(file), FAR);
        Roads roads = new Roads(Map.of(HOP, hop()), Map.of(new Link(WorkHouse.DISK, FAR), 0));
        mover(roads).step(FAR, 200);
        mover(roads).step(HOP, 200);
        CopyRow copy = house.database.read(connection -> new Holdings(house.words)
                .find(connection, file).orElseThrow().copies().stream()
                        .filter(c -> c.storage().equals(HOP))
                        .findFirst()
                        .orElseThrow());
        Surroundings within = new Surroundings(
                WorkHouse.plan(), house.place.inForce().get().sites().with(roads), Map.of());
        assertThat(holdfast.judgement.CopyStanding.of(copy, within, house.now()).counts())
                .isFalse();
    }
}
