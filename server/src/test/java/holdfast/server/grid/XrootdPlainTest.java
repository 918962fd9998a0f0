package holdfast.server.grid;

/** A server open to all, over TLS. */
class XrootdPlainTest extends XrootdContract {
    @Override
    String scheme() {
        return "https";
    }

    @Override
    Xrootd.Kind kind() {
        return Xrootd.Kind.PLAIN;
    }
}
