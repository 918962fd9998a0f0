package holdfast.server.api.holdfast;

/** What can be wrong with a request: who must act, and the HTTP status (RFC 9110, section 15) that says so. */
public enum Problem {
    BAD_REQUEST(400, Actor.CALLER),
    REFUSED(409, Actor.CALLER),
    FORBIDDEN(403, Actor.CALLER),
    NOT_FOUND(404, Actor.CALLER),
    UNKNOWN_OUTCOME(503, Actor.NOBODY),
    /** It is being made for somebody else just now. */
    BUSY(503, Actor.NOBODY),
    UNAVAILABLE(503, Actor.OPERATOR),
    INTERNAL(500, Actor.DEVELOPER);

    private final int status;
    private final Actor acts;

    /** Who can mend it. */
    public enum Actor {
        CALLER,
        OPERATOR,
        DEVELOPER,
        /** Ask again: the outcome will be seen. */
        NOBODY
    }

    Problem(int status, Actor acts) {
        this.status = status;
        this.acts = acts;
    }

    public int status() {
        return status;
    }

    public Actor acts() {
        return acts;
    }

    /** A problem with its words. */
    public static final class Told extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Problem problem;

        public Told(Problem problem, String message) {
            super(message);
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }
    }
}
