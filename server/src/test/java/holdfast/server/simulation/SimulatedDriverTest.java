package holdfast.server.simulation;

import holdfast.server.drivers.StorageDriverContract;
import holdfast.server.simulation.Store.Mood;
import holdfast.storage.StorageDriver;
import holdfast.vocabulary.StorageName;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Nested;

/** Without faults the simulated element keeps what every element promises. */
class SimulatedDriverTest {
    private static StorageDriver over(Store store) {
        Random random = new Random(1);
        World world = new World(1, random, Weather.of(random));
        store.mark = new UUID(1, 1);
        return new SimulatedDriver(world, store);
    }

    abstract static class Contract extends StorageDriverContract {
        private final Store store;
        private final StorageDriver driver;

        Contract(boolean tape, boolean later) {
            store = new Store(new StorageName("SIMULATED"), tape, later);
            driver = over(store);
        }

        @Override
        protected StorageDriver driver() {
            return driver;
        }

        @Override
        protected void silence() {
            store.moods.add(Mood.SILENT);
        }

        @Override
        protected void bringBack() {
            store.moods.clear();
        }
    }

    @Nested
    class Disk extends Contract {
        Disk() {
            super(false, false);
        }
    }

    @Nested
    class Tape extends Contract {
        Tape() {
            super(true, false);
        }
    }

    @Nested
    class TapeThatMigratesLater extends Contract {
        TapeThatMigratesLater() {
            super(true, true);
        }
    }
}
