package holdfast.server.api.rucio.wire;

/**
 * The one exception of this interface: a status, a class that the official client knows by name, and a message. The
 * client raises that class with that message; a class that it does not know becomes RucioException.
 */
public final class RucioError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final int status;
    private final String kind;

    private RucioError(int status, String kind, String message) {
        super(message, null, false, false);
        this.status = status;
        this.kind = kind;
    }

    public static RucioError of(int status, String kind, String message) {
        return new RucioError(status, kind, message);
    }

    /** 400 with a class of the caller's choice. */
    public static RucioError bad(String kind, String message) {
        return new RucioError(BAD_REQUEST, kind, message);
    }

    /** 400 InvalidObject: a value has not the form that its word asks for. */
    public static RucioError invalid(String message) {
        return bad("InvalidObject", message);
    }

    /** 401 AccessDenied; 401 and not 403, as clients expect it. */
    public static RucioError denied(String message) {
        return new RucioError(UNAUTHORIZED, "AccessDenied", message);
    }

    /** 401 CannotAuthenticate. */
    public static RucioError unauthenticated(String message) {
        return new RucioError(UNAUTHORIZED, "CannotAuthenticate", message);
    }

    /** 404, such as RSENotFound or DataIdentifierNotFound. */
    public static RucioError notFound(String kind, String message) {
        return new RucioError(NOT_FOUND, kind, message);
    }

    /** 409, such as Duplicate or UnsupportedOperation. */
    public static RucioError conflict(String kind, String message) {
        return new RucioError(CONFLICT, kind, message);
    }

    public int status() {
        return status;
    }

    /** The name of the client's exception class. */
    public String kind() {
        return kind;
    }

    /** The message; never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
