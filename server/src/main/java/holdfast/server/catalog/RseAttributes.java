package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.RucioError;
import tools.jackson.databind.JsonNode;

/** Attributes of elements as clients send and read them: texts, with true and false as such. */
public final class RseAttributes {
    /** Names the rule by which paths follow from names. */
    static final String ALGORITHM = "lfn2pfn_algorithm";

    private RseAttributes() {}

    /** @throws RucioError 400 TypeError for a list, an object or null */
    static String text(JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            throw RucioError.bad("TypeError", "'value' must be a string, a number or a boolean");
        }
        String text = value.isString() ? value.stringValue() : value.toString();
        return isTruth(text) ? text.toLowerCase(java.util.Locale.ROOT) : text;
    }

    /** As clients read it. */
    public static Object value(String text) {
        return isTruth(text) ? (Object) Boolean.valueOf(text) : text;
    }

    private static boolean isTruth(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }
}
