package holdfast.server.api.rucio.dids;

import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.catalog.Metadata;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** Metadata as clients send them: put in their places, and held to what was agreed on for their keys. */
public final class SentMetadata {
    private final BiConsumer<String, String> conventions;

    /** @param conventions throws where a value is none of those agreed on for its key */
    public SentMetadata(BiConsumer<String, String> conventions) {
        this.conventions = conventions;
    }

    Metadata of(Parameters sent) {
        Map<String, JsonNode> values = new TreeMap<>();
        sent.json().properties().forEach(e -> values.put(e.getKey(), e.getValue()));
        return of(values);
    }

    Metadata of(Map<String, JsonNode> values) {
        values.forEach((key, value) -> {
            if (!value.isNull()) {
                conventions.accept(key, value.isString() ? value.stringValue() : value.toString());
            }
        });
        return Metadata.sent(values);
    }
}
