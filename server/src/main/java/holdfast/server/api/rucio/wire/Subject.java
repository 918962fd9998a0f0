package holdfast.server.api.rucio.wire;

/** A part of the interface, such as accounts or rules: it says which endpoints it answers. */
@FunctionalInterface
public interface Subject {
    void contribute(RouteBook book);
}
