package holdfast.formats.rucio;

import java.util.Locale;
import java.util.Map;

/** The letters by which Rucio's tables say what its answers say in words. */
final class Words {
    private static final Map<String, String> STATES = Map.of(
            "A", "AVAILABLE",
            "U", "UNAVAILABLE",
            "C", "COPYING",
            "B", "BEING_DELETED",
            "D", "BAD",
            "T", "TEMPORARY_UNAVAILABLE");
    private static final Map<String, String> TYPES = Map.of("F", "FILE", "D", "DATASET", "C", "CONTAINER", "A", "FILE");
    private static final Map<String, String> GROUPINGS = Map.of("A", "ALL", "D", "DATASET", "N", "NONE");
    private static final Map<String, String> RULE_STATES = Map.of(
            "R", "REPLICATING",
            "O", "OK",
            "S", "STUCK",
            "U", "SUSPENDED",
            "W", "WAITING_APPROVAL",
            "I", "INJECT");

    private static final Map<String, String> NOTIFICATIONS =
            Map.of("Y", "YES", "N", "NO", "C", "CLOSE", "P", "PROGRESS");

    private Words() {}

    static String state(String said) {
        return STATES.getOrDefault(said, said);
    }

    static String type(String said) {
        return TYPES.getOrDefault(said, said);
    }

    static String grouping(String said) {
        return GROUPINGS.getOrDefault(said, said);
    }

    static String ruleState(String said) {
        return RULE_STATES.getOrDefault(said, said);
    }

    static String notification(String said) {
        return NOTIFICATIONS.getOrDefault(said, said);
    }

    /** An id or GUID as 32 hex digits, however it was written; what is none stays as it is. */
    static String id(String said) {
        String bare = said.replace("-", "").replace("{", "").replace("}", "");
        return bare.length() == 32 ? bare.toLowerCase(Locale.ROOT) : said;
    }
}
