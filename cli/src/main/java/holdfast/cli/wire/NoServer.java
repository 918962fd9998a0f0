package holdfast.cli.wire;

/** What is needed to ask is not there: no server, no secret, or a secret that the server does not know. */
public sealed class NoServer extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** There is a server, and the line to it broke: asking again may do. */
    public static final class BrokenOff extends NoServer {
        private static final long serialVersionUID = 1;

        BrokenOff(String message, Throwable cause) {
            super(message, cause);
        }
    }

    NoServer(String message) {
        super(message);
    }

    NoServer(String message, Throwable cause) {
        super(message, cause);
    }
}
