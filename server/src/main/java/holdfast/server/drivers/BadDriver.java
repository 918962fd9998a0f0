package holdfast.server.drivers;

import holdfast.storage.StorageElement;

/** An element whose driver cannot be made from what the sites file says; the message names the element and the remedy. */
public final class BadDriver extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    BadDriver(StorageElement element, String why) {
        super("storage element %s: %s".formatted(element.name(), why));
    }
}
