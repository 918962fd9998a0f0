package holdfast.server.catalog;

import holdfast.plan.Attributes;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What clients say of a file when they register it, as its attributes. */
public final class FileMeta {
    private FileMeta() {}

    /** @param meta a JSON object */
    public static Attributes attributes(JsonNode meta) {
        Metadata said = metadata(meta);
        return said.equals(Metadata.NONE) ? Attributes.NONE : FileMetadata.attributes(said);
    }

    /** The same of a collection. */
    public static Metadata metadata(JsonNode meta) {
        Map<String, JsonNode> columns = new TreeMap<>();
        Map<String, JsonNode> others = new TreeMap<>();
        meta.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                return;
            }
            if (MetadataKeys.isColumn(entry.getKey())) {
                columns.put(entry.getKey(), MetadataKeys.normal(entry.getKey(), entry.getValue()));
            } else {
                others.put(entry.getKey(), entry.getValue());
            }
        });
        return new Metadata(columns, others);
    }
}
