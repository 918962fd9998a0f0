package holdfast.server.work;

import holdfast.custody.InForce;
import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.sql.Conditions;
import holdfast.server.sql.Database;
import holdfast.server.sql.Leases;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.storage.Condition;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every worker stands on.
 *
 * @param leases of this node: one for the whole process
 * @param inForce asked anew for every step
 */
public record Workplace(
        Database database,
        Words words,
        SqlJournal journal,
        Leases leases,
        HouseClock clock,
        Drivers drivers,
        Supplier<InForce> inForce) {

    Instant now() {
        return clock.now();
    }

    /** An element that is in use, with the means to reach it. */
    record Station(StorageElement element, ElementDriver driver, InForce inForce) {
        StorageName name() {
            return element.name();
        }

        boolean answers() {
            return driver.reach() instanceof Reach.Answers;
        }
    }

    /** The element of a name; empty when the sites file does not name it, its site has left, or nothing reaches it. */
    Optional<Station> station(StorageName name) {
        InForce now = inForce.get();
        return now.sites()
                .element(name)
                .filter(element -> element.use() != Use.LEFT)
                .flatMap(element -> drivers.of(name).map(driver -> new Station(element, driver, now)));
    }

    Condition condition(StorageName element) {
        return database.read(connection -> new Conditions(words).read(connection, element));
    }

    /** Whether anything seen of an element now may be believed: it answers, was not silent, and is in no downtime. */
    boolean isOpen(Station station, Condition condition) {
        return condition.silentSince().isEmpty() && condition.downtimeAt(now()).isEmpty() && station.answers();
    }
}
