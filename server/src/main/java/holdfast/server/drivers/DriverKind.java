package holdfast.server.drivers;

import holdfast.storage.StorageElement;

/** Makes the drivers of one kind, for a kind that lives in a package of its own. */
@FunctionalInterface
public interface DriverKind {
    /**
     * A new driver, to be initialised once and kept. It asks for each of its settings and then {@link DriverSettings#end
     * ends} them.
     *
     * @throws BadDriver when a setting is unknown, missing or malformed
     */
    ElementDriver driver(StorageElement element, DriverSettings settings);
}
