package holdfast.server.rebuild;

/** The house cannot be built from what was given; the message names place and remedy. */
public final class RebuildRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RebuildRefused(String why) {
        super(why);
    }
}
