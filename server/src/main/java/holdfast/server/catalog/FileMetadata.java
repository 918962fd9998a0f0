package holdfast.server.catalog;

import holdfast.plan.Attributes;
import holdfast.server.api.rucio.wire.RucioError;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is said of a file, in its attributes: values of known keys and texts as they are under their keys, every other
 * value as JSON under its key with {@code json:} before it.
 */
final class FileMetadata {
    private static final String JSON = "json:";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private FileMetadata() {}

    static Metadata of(Attributes said) {
        Map<String, JsonNode> columns = new TreeMap<>();
        Map<String, JsonNode> others = new TreeMap<>();
        said.values().forEach((key, value) -> {
            if (MetadataKeys.columns().containsKey(key)) {
                columns.put(key, column(key, value));
            } else if (key.startsWith(JSON) && MetadataKeys.columns().containsKey(key.substring(JSON.length()))) {
                columns.put(key.substring(JSON.length()), column(key.substring(JSON.length()), value));
            } else if (key.startsWith(JSON)) {
                others.put(key.substring(JSON.length()), json(value));
            } else {
                others.put(key, JsonNodeFactory.instance.stringNode(value));
            }
        });
        return new Metadata(columns, others);
    }

    /** What came with the file's registration was never looked at as metadata; it is shown as it is. */
    private static JsonNode column(String key, String value) {
        JsonNode text = JsonNodeFactory.instance.stringNode(value);
        try {
            return MetadataKeys.normal(key, text);
        } catch (RucioError asItIs) {
            return text;
        }
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException asItIs) {
            return JsonNodeFactory.instance.stringNode(text);
        }
    }

    static Attributes attributes(Metadata said) {
        Map<String, String> values = new TreeMap<>();
        said.column().forEach((key, value) -> {
            if (!value.isNull()) {
                values.put(key, value.isString() ? value.stringValue() : value.toString());
            }
        });
        said.json().forEach((key, value) -> {
            if (value.isString() && !key.startsWith(JSON)) {
                values.put(key, value.stringValue());
            } else {
                values.put(JSON + key, value.toString());
            }
        });
        return new Attributes(values);
    }
}
