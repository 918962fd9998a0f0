package holdfast.server.grid;

/** A slow server: four megabytes a second, over plain HTTP. */
class XrootdThrottledTest extends XrootdContract {
    @Override
    String scheme() {
        return "http";
    }

    @Override
    Xrootd.Kind kind() {
        return Xrootd.Kind.PLAIN.throttled("4m");
    }
}
