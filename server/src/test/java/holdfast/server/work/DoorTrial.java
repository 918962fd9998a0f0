package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.judgement.ClauseVerdict;
import holdfast.server.drivers.ElementDriver;
import holdfast.storage.Medium;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A house with one element behind some driver, at whose door outsiders knock; for tests of real servers. */
public final class DoorTrial implements AutoCloseable {
    private final WorkHouse house;
    private final TrialHouse trials;
    private final DoorRound round;
    private final ElementDriver driver;

    public DoorTrial(Path folder, ElementDriver driver) {
        this.driver = driver;
        house = new WorkHouse(folder);
        house.add(WorkHouse.DISK, Medium.ARCHIVAL_DISK, driver);
        trials = new TrialHouse(house);
        round = new DoorRound(house.place, ProbeSettings.DEFAULTS);
    }

    /** Writes a file to the element and registers it. */
    public DataId file(String name, byte[] bytes) {
        DataId id = new DataId(WorkHouse.SCOPE, name);
        CopyRow copy = house.copy(id, 0);
        Written written = driver.write(copy.path(), new ByteSize(bytes.length), new ByteArrayInputStream(bytes));
        if (!(written instanceof Written.Done)) {
            throw new AssertionError(written);
        }
        house.register(List.of(house.file(id, bytes)), List.of(copy));
        return id;
    }

    /** What P-21 says after outsiders knocked. */
    public ClauseVerdict knock() {
        house.pass(Duration.ofHours(1));
        trials.catchUp();
        round.now(WorkHouse.DISK);
        return trials.verdict("P-21");
    }

    @Override
    public void close() {
        house.close();
    }
}
