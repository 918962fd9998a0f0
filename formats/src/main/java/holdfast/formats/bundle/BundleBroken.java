package holdfast.formats.bundle;

/** A bundle that is none: a part is absent, unknown, unreadable or too large. The message says which. */
public final class BundleBroken extends RuntimeException {
    private static final long serialVersionUID = 1;

    BundleBroken(String what) {
        super(what);
    }
}
