package holdfast.server.api.rucio.replicas;

import holdfast.server.catalog.ReplicaLine;

/** Writes listed files in one of the forms that clients ask for. */
interface ReplicaWriter {
    void begin();

    void write(ReplicaLine line);

    /** Sends what is left. */
    void end();
}
