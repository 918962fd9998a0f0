package holdfast.server.erase;

/** Options or files of the verb that cannot be used; the message says what to do. */
final class EraseRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    EraseRefused(String message) {
        super(message);
    }
}
