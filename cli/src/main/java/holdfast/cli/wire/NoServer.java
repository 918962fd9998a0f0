package holdfast.cli.wire;

/** What is needed to ask is not there: no server, no secret, or a secret that the server does not know. */
public final class NoServer extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoServer(String message) {
        super(message);
    }

    NoServer(String message, Throwable cause) {
        super(message, cause);
    }
}
