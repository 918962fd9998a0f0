package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.judgement.Surroundings;
import holdfast.plan.Roads;
import holdfast.plan.Roads.Link;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.movers.Elements;
import holdfast.server.movers.Mover;
import holdfast.server.movers.Sources;
import holdfast.server.sql.DemandTable;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Words;
import holdfast.storage.Medium;
import holdfast.storage.StorageDriver;
import holdfast.storage.ThirdPartyCopy;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the mover orders where servers copy by themselves: all sources that are as good, what was told of them, and who recalls. */
class ChoiceOfSourcesTest {
    private static final StorageName FAR = new StorageName("FAR-DISK");
    private static final StorageName SECOND = new StorageName("SECOND-DISK");
    private static final StorageName TAPE = new StorageName("LAB-TAPE");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int LARGE = 300_000;

    private final Map<StorageName, TricksterDriver> drivers = new HashMap<>();
    private final List<ThirdPartyCopy.Order> orders = new ArrayList<>();
    private WorkHouse house;
    private DemandTable demands;

    @BeforeEach
    void begin(@TempDir Path folder) {
        house = new WorkHouse(folder);
        demands = new DemandTable(house.words);
        add(WorkHouse.DISK, Medium.ARCHIVAL_DISK, house.disk());
        for (StorageName name : List.of(FAR, SECOND)) {
            ElementDriver driver = house.posix(name);
            driver.initialise(true);
            add(name, Medium.ARCHIVAL_DISK, driver);
        }
        drivers.values().forEach(d -> d.copiesBy(new Server(d, 0, false)));
    }

    @AfterEach
    void end() {
        house.close();
    }

    private void add(StorageName name, Medium medium, ElementDriver driver) {
        TricksterDriver trickster = new TricksterDriver(driver);
        house.add(name, medium, trickster);
        drivers.put(name, trickster);
    }

    /** A server that copies by itself, and that takes one of the sources that it is offered. */
    private final class Server implements ThirdPartyCopy {
        private final StorageDriver own;
        private final int takes;
        private final boolean recalls;

        Server(StorageDriver own, int takes, boolean recalls) {
            this.own = own;
            this.takes = takes;
            this.recalls = recalls;
        }

        @Override
        public URI address(StoragePath path) {
            return URI.create("https://se.example.org/" + path.path());
        }

        @Override
        public Optional<Pass> passToRead(StoragePath path) {
            return Optional.empty();
        }

        @Override
        public Brought bring(Order order) {
            orders.add(order);
            Origin from = order.sources().get(Math.min(takes, order.sources().size() - 1));
            try (InputStream bytes = ((Server) from.server()).own.open(from.path())) {
                byte[] all = bytes.readAllBytes();
                return new Brought.Written(
                        own.write(order.to(), order.size(), new ByteArrayInputStream(all)),
                        order.expected(),
                        Optional.of(from));
            } catch (IOException e) {
                return new Brought.OtherBytes(e.getMessage(), from);
            }
        }

        @Override
        public Ended send(StoragePath path, URI to, Optional<Pass> write) {
            return new Ended.Failure(Fault.NOT_THIS_WAY, "not tried");
        }

        @Override
        public Digests stated(StoragePath path) {
            return Digests.NONE;
        }

        @Override
        public boolean recallsFrom(ThirdPartyCopy source) {
            return recalls;
        }
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

    private void order(DataId file, StorageName to) {
        house.database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into demand(home, leaf, storage_id, urgency, raised_at, due_at, bytes, period, reason)"
                            + " values (?, ?, ?, 1, 0, 0, 1, 0, 'P-1: wants two copies')")) {
                insert.setLong(1, file.key().home());
                insert.setLong(2, file.key().leaf());
                insert.setInt(3, house.words.number(Words.Kind.STORAGE, to.name()));
                insert.executeUpdate();
            }
            return true;
        });
    }

    private Map<StorageName, CopyRow> copies(DataId file) {
        Map<StorageName, CopyRow> copies = new HashMap<>();
        house.database
                .read(connection -> new Holdings(house.words)
                        .find(connection, file)
                        .orElseThrow()
                        .copies())
                .forEach(c -> copies.put(c.storage(), c));
        return copies;
    }

    /** A file with two copies that are as good as each other. */
    private DataId twice() {
        DataId file = house.files(1, LARGE).getFirst();
        order(file, SECOND);
        mover(Roads.OPEN).step(SECOND, 10);
        assertThat(copies(file)).containsKeys(WorkHouse.DISK, SECOND);
        orders.clear();
        return file;
    }

    private String lastArrivalFrom() {
        return house.database.read(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select manifest from journal_entry where kind ="
                                    + " 'transfer.copies-arrived' order by id desc limit 1");
                    ResultSet row = select.executeQuery()) {
                row.next();
                InputStream lines = new InflaterInputStream(new ByteArrayInputStream(row.getBytes(1)));
                return new String(lines.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void allSourcesThatAreAsGoodAreOfferedAndTheOneThatGaveTheBytesIsRecorded() {
        DataId file = twice();
        drivers.get(FAR).copiesBy(new Server(drivers.get(FAR), 1, false));
        order(file, FAR);
        assertThat(mover(Roads.OPEN).step(FAR, 10)).isEqualTo(1);
        assertThat(orders)
                .singleElement()
                .satisfies(o -> assertThat(o.sources()).hasSize(2));
        assertThat(copies(file)).containsKey(FAR);
        assertThat(lastArrivalFrom()).contains(SECOND.name()).doesNotContain(WorkHouse.DISK.name());
    }

    @Test
    void whereRoadsAreLimitedOnlyTheSourceWhoseRoadIsCountedIsOffered() {
        DataId file = twice();
        order(file, FAR);
        assertThat(mover(new Roads(Map.of(), Map.of(new Link(WorkHouse.DISK, FAR), 5)))
                        .step(FAR, 10))
                .isEqualTo(1);
        assertThat(orders)
                .singleElement()
                .satisfies(o -> assertThat(o.sources()).hasSize(1));
    }

    @Test
    void theSourceThatGaveOtherBytesIsBlamedAndNotTheBestOne() {
        DataId file = twice();
        drivers.get(FAR).copiesBy(new Server(drivers.get(FAR), 1, false));
        drivers.get(SECOND).failReads(copies(file).get(SECOND).path(), "a bad sector");
        order(file, FAR);
        mover(Roads.OPEN).step(FAR, 10);
        assertThat(copies(file)).doesNotContainKey(FAR);
        assertThat(copies(file).get(SECOND).state()).isEqualTo(CopyState.SUSPECT);
        assertThat(copies(file).get(WorkHouse.DISK).state()).isEqualTo(CopyState.ARRIVED);
    }

    @Test
    void whatTheCopierRecallsIsNotRecalledByUsButASmallFileIs() {
        ElementDriver real = house.posix(TAPE);
        real.initialise(true);
        add(TAPE, Medium.TAPE, real);
        drivers.get(TAPE).copiesBy(new Server(drivers.get(TAPE), 0, false));
        drivers.get(FAR).copiesBy(new Server(drivers.get(FAR), 0, true));
        DataId large = onTape("/lab/raw/large", LARGE);
        order(large, FAR);
        assertThat(mover(Roads.OPEN).step(FAR, 10)).isEqualTo(1);
        assertThat(copies(large)).containsKey(FAR);
        assertThat(drivers.get(TAPE).recalls()).isZero();
        DataId small = onTape("/lab/raw/small", 5_000);
        order(small, FAR);
        assertThat(mover(Roads.OPEN).step(FAR, 10)).isEqualTo(1);
        assertThat(copies(small)).containsKey(FAR);
        assertThat(drivers.get(TAPE).recalls()).isEqualTo(1);
        // Another element's copier does not.
        order(large, SECOND);
        mover(Roads.OPEN).step(SECOND, 10);
        assertThat(orders.getLast().sources()).hasSize(1);
    }

    private DataId onTape(String name, int size) {
        DataId id = new DataId(WorkHouse.SCOPE, name);
        byte[] bytes = WorkHouse.bytes(id, size);
        CopyRow copy = house.copy(id, TAPE, 0);
        assertThat(drivers.get(TAPE).write(copy.path(), new ByteSize(size), new ByteArrayInputStream(bytes)))
                .isInstanceOf(StorageDriver.Written.Done.class);
        house.register(List.of(house.file(id, bytes)), List.of(copy));
        return id;
    }
}
