package holdfast.formats.dump;

/** A dump that cannot be believed; the message names the file, the line and the remedy. */
public final class BadDump extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadDump(String message) {
        super(message);
    }
}
