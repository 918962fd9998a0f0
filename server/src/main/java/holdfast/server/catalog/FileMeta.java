package holdfast.server.catalog;

import holdfast.plan.Attributes;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What clients say of a file, as attributes: a text stands as it is under its key, anything else as JSON under
 * {@code json:} and its key, except for numbers that the field's server keeps in columns of their own.
 */
public final class FileMeta {
    /** Before the key of a value that is JSON. */
    public static final String JSON = "json:";

    private static final java.util.Set<String> NUMBERS =
            java.util.Set.of("events", "run_number", "lumiblocknr", "task_id", "panda_id");

    private FileMeta() {}

    /** @param meta a JSON object */
    public static Attributes attributes(JsonNode meta) {
        Map<String, String> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : meta.properties()) {
            JsonNode value = entry.getValue();
            String key = entry.getKey();
            if (value.isNull()) {
                continue;
            }
            if (key.equals("guid") && value.isString()) {
                values.put(key, value.stringValue().replaceAll("[-{}]", "").toLowerCase(Locale.ROOT));
            } else if (value.isString()) {
                values.put(key, value.stringValue());
            } else if (value.isIntegralNumber() && NUMBERS.contains(key)) {
                values.put(key, value.numberValue().toString());
            } else {
                values.put(JSON + key, value.toString());
            }
        }
        return values.isEmpty() ? Attributes.NONE : new Attributes(values);
    }
}
