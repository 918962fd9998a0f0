package holdfast.server.work;

import holdfast.server.drivers.ElementDriver;
import holdfast.vocabulary.StorageName;
import java.util.Map;
import java.util.Optional;

/** The driver of each element; always the same one for the same name. */
@FunctionalInterface
public interface Drivers {
    Optional<ElementDriver> of(StorageName element);

    static Drivers of(Map<StorageName, ElementDriver> drivers) {
        return element -> Optional.ofNullable(drivers.get(element));
    }
}
