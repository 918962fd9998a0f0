package holdfast.server.api.rucio.dids;

import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.catalog.Metadata;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Metadata as clients send them, put in their places. */
final class SentMetadata {
    private SentMetadata() {}

    static Metadata of(Parameters sent) {
        Map<String, JsonNode> values = new TreeMap<>();
        sent.json().properties().forEach(e -> values.put(e.getKey(), e.getValue()));
        return Metadata.sent(values);
    }

    static Metadata of(Map<String, JsonNode> values) {
        return Metadata.sent(values);
    }
}
