package holdfast.server.drivers;

import holdfast.server.drivers.Incoming.Arrival;
import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Written;

/** What became of the bytes of one request before they have a name. */
sealed interface Taken {
    NewBytes request();

    /** They are whole and durable, and hidden. */
    record Whole(NewBytes request, Arrival arrival) implements Taken {}

    /** They were not taken; nothing of them is left. */
    record Not(NewBytes request, Written answer) implements Taken {}
}
