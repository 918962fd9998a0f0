package holdfast.server.api.rucio.wire;

/** The methods that endpoints have; HEAD is answered as GET. */
public enum Verb {
    GET,
    POST,
    PUT,
    DELETE
}
