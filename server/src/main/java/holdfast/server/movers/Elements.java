package holdfast.server.movers;

import holdfast.storage.StorageDriver;
import holdfast.vocabulary.StorageName;
import java.util.Map;
import java.util.Optional;

/** The drivers of the elements that the sites file names. */
public record Elements(Map<StorageName, StorageDriver> drivers) {
    public Elements {
        drivers = Map.copyOf(drivers);
    }

    public Optional<StorageDriver> driver(StorageName name) {
        return Optional.ofNullable(drivers.get(name));
    }

    public StorageDriver of(StorageName name) {
        return driver(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no storage element " + name + " in the sites file; known are " + drivers.keySet()));
    }
}
