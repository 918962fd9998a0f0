package holdfast.cli.adopt;

/** The Rucio that is to be read does not answer, does not let us in, or answers what cannot be read; says what to do. */
public final class NoSource extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSource(String message) {
        super(message);
    }

    NoSource(String message, Throwable cause) {
        super(message, cause);
    }
}
