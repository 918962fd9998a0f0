package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.Parameters;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The text of a document: JSON without blanks, its keys in order, so that the same content is the same text. */
public final class DocumentText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private DocumentText() {}

    public static String of(JsonNode value) {
        return sorted(value).toString();
    }

    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    /** A document that is an object. */
    public static Parameters fields(String text) {
        return new Parameters(read(text));
    }

    private static JsonNode sorted(JsonNode value) {
        if (value.isObject()) {
            Map<String, JsonNode> ordered = new TreeMap<>();
            value.properties().forEach(p -> ordered.put(p.getKey(), sorted(p.getValue())));
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            ordered.forEach(copy::set);
            return copy;
        }
        if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> copy.add(sorted(item)));
            return copy;
        }
        return value;
    }
}
