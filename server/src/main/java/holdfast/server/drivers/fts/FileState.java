package holdfast.server.drivers.fts;

import java.util.Locale;

/** How far one file of a job is, or what became of one of the sources that it may come from. */
enum FileState {
    ON_ITS_WAY,
    FINISHED,
    FAILED,
    CANCELED,
    /** Another source's turn it is, or was. */
    NOT_USED;

    /**
     * States that we do not know are on their way: only an end may end anything. What is brought online (STAGING, STARTED)
     * or waits for its archive (ARCHIVING) is on its way too.
     */
    static FileState of(String said) {
        return switch (said.toUpperCase(Locale.ROOT)) {
            case "FINISHED" -> FINISHED;
            case "FAILED" -> FAILED;
            case "CANCELED" -> CANCELED;
            case "NOT_USED" -> NOT_USED;
            default -> ON_ITS_WAY;
        };
    }
}
