package holdfast.server.drivers.fts;

import java.util.Locale;

/** How far one file of a job is. */
enum FileState {
    ON_ITS_WAY,
    FINISHED,
    FAILED,
    CANCELED;

    /** States that we do not know are on their way: only an end may end anything. */
    static FileState of(String said) {
        return switch (said.toUpperCase(Locale.ROOT)) {
            case "FINISHED" -> FINISHED;
            case "FAILED" -> FAILED;
            case "CANCELED", "NOT_USED" -> CANCELED;
            default -> ON_ITS_WAY;
        };
    }
}
