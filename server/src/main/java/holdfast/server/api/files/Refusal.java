package holdfast.server.api.files;

/** What can be wrong with a request for a file: who must act, and the HTTP status (RFC 9110, section 15) that says so. */
enum Refusal {
    BAD_REQUEST(400, Actor.CALLER),
    UNAUTHENTICATED(401, Actor.CALLER),
    FORBIDDEN(403, Actor.CALLER),
    NOT_FOUND(404, Actor.CALLER),
    NO_SUCH_METHOD(405, Actor.CALLER),
    NO_SUCH_RANGE(416, Actor.CALLER),
    /** Ask again later: it is being brought. */
    ON_TAPE(503, Actor.NOBODY),
    UNAVAILABLE(503, Actor.OPERATOR),
    INTERNAL(500, Actor.DEVELOPER);

    private final int status;
    private final Actor acts;

    /** Who can mend it; the same words as in the rest of Holdfast's own interface. */
    enum Actor {
        CALLER,
        OPERATOR,
        DEVELOPER,
        NOBODY
    }

    Refusal(int status, Actor acts) {
        this.status = status;
        this.acts = acts;
    }

    int status() {
        return status;
    }

    Actor acts() {
        return acts;
    }

    /** A refusal with its words. */
    static final class Told extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Refusal refusal;

        Told(Refusal refusal, String message) {
            super(message);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }
}
