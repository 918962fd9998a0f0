package holdfast.server.api.rucio.wire;

/** How an endpoint is answered here. */
public enum Support {
    /** As the field's server does. */
    SUPPORTED,
    /** Answered, and something differs on purpose; the note says what. */
    DIFFERS,
    /** Never answered; the note says why. */
    REFUSED,
    /** Not built yet. */
    NOT_YET
}
