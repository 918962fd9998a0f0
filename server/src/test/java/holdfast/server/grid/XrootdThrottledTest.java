package holdfast.server.grid;

/** A slow server: four megabytes a second. */
class XrootdThrottledTest extends XrootdContract {
    @Override
    Xrootd.Kind kind() {
        return Xrootd.Kind.PLAIN.throttled("4m");
    }
}
