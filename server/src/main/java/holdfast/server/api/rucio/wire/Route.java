package holdfast.server.api.rucio.wire;

/**
 * An endpoint and what is done for it.
 *
 * @param access who may call it
 * @param note what differs, or why it is refused; empty where there is nothing to say
 */
public record Route(Endpoint endpoint, Access access, Support support, String note, Handler handler) {}
