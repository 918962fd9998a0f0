package holdfast.server.catalog;

import holdfast.server.sql.Catalogued;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is said of a name: values of the keys that every client knows (columns), and of any other key (json). As text it is
 * a JSON object with keys in order, so that equal metadata are equal texts.
 */
public record Metadata(Map<String, JsonNode> column, Map<String, JsonNode> json) {
    public static final Metadata NONE = new Metadata(Map.of(), Map.of());

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public Metadata {
        column = java.util.Collections.unmodifiableMap(new TreeMap<>(column));
        json = java.util.Collections.unmodifiableMap(new TreeMap<>(json));
    }

    /** Reads what {@link #text()} wrote. */
    public static Metadata read(String text) {
        JsonNode root = MAPPER.readTree(text);
        return new Metadata(part(root, "column"), part(root, "json"));
    }

    private static Map<String, JsonNode> part(JsonNode root, String key) {
        Map<String, JsonNode> values = new TreeMap<>();
        Optional.ofNullable(root.get(key))
                .ifPresent(part -> part.properties().forEach(e -> values.put(e.getKey(), e.getValue())));
        return values;
    }

    public String text() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        if (!column.isEmpty()) {
            root.set("column", object(column));
        }
        if (!json.isEmpty()) {
            root.set("json", object(json));
        }
        return root.toString();
    }

    private static ObjectNode object(Map<String, JsonNode> values) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        values.forEach(object::set);
        return object;
    }

    /** What is said of a name. */
    public static Metadata of(Catalogued named) {
        return switch (named) {
            case Catalogued.OfFile file -> FileMetadata.of(file.row().attributes());
            case Catalogued.OfCollection collection -> read(collection.row().metadata());
        };
    }

    /** Values as a client sends them, each in its place and form; 400 InvalidMetadata where one has another kind. */
    public static Metadata sent(Map<String, JsonNode> values) {
        Map<String, JsonNode> column = new TreeMap<>();
        Map<String, JsonNode> json = new TreeMap<>();
        values.forEach((key, value) -> {
            if (MetadataKeys.isColumn(key)) {
                MetadataKeys.refuseDerived(key);
                column.put(key, MetadataKeys.normal(key, value));
            } else {
                json.put(key, value);
            }
        });
        return new Metadata(column, json);
    }

    public boolean has(String key) {
        return column.containsKey(key) || json.containsKey(key);
    }

    public Metadata without(String key) {
        return without(Set.of(key));
    }

    Metadata without(Set<String> keys) {
        Map<String, JsonNode> columns = new TreeMap<>(column);
        columns.keySet().removeAll(keys);
        Map<String, JsonNode> others = new TreeMap<>(json);
        others.keySet().removeAll(keys);
        return new Metadata(columns, others);
    }

    /** These values in place of what was said of the same keys; a null takes a known key away. */
    public Metadata with(Metadata more) {
        Map<String, JsonNode> columns = new TreeMap<>(column);
        columns.putAll(more.column);
        columns.values().removeIf(JsonNode::isNull);
        Map<String, JsonNode> others = new TreeMap<>(json);
        others.putAll(more.json);
        return new Metadata(columns, others);
    }
}
