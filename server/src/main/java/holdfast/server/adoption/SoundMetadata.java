package holdfast.server.adoption;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.FileMeta;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the other server says of a name, without what has no meaning here. */
final class SoundMetadata {
    private SoundMetadata() {}

    /**
     * The keys and values that this house can keep.
     *
     * @param wrong is told why not, and which
     */
    static ObjectNode of(@Nullable JsonNode said, BiConsumer<String, String> wrong) {
        ObjectNode sound = JsonNodeFactory.instance.objectNode();
        if (said instanceof ObjectNode object) {
            object.properties().forEach(e -> {
                ObjectNode single = JsonNodeFactory.instance.objectNode();
                single.set(e.getKey(), e.getValue());
                try {
                    FileMeta.metadata(single);
                    sound.set(e.getKey(), e.getValue());
                } catch (RucioError no) {
                    wrong.accept(no.text(), e.getKey() + "=" + e.getValue());
                }
            });
        }
        return sound;
    }
}
