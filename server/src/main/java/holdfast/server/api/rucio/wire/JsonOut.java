package holdfast.server.api.rucio.wire;

import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON as it comes, with dates, ids and names of constants as the client reads them. In a stream of lines each value
 * at the root is one line.
 */
public final class JsonOut {
    private static final JsonMapper LINES = mapper("\n");

    private final JsonGenerator json;

    private JsonOut(JsonGenerator json) {
        this.json = json;
    }

    private static JsonMapper mapper(String separator) {
        return JsonMapper.builder(JsonFactory.builder()
                        .rootValueSeparator(separator)
                        .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                        .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                        .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                        .build())
                .build();
    }

    static JsonOut to(OutputStream out) {
        return new JsonOut(LINES.createGenerator(out));
    }

    void end(boolean withNewline) {
        if (withNewline && json.streamWriteContext().hasCurrentIndex()) {
            json.writeRaw('\n');
        }
        json.close();
    }

    /** Begins an object. */
    public JsonOut begin() {
        json.writeStartObject();
        return this;
    }

    /** Ends an object. */
    public JsonOut end() {
        json.writeEndObject();
        return this;
    }

    /** Begins a list. */
    public JsonOut beginList() {
        json.writeStartArray();
        return this;
    }

    /** Ends a list. */
    public JsonOut endList() {
        json.writeEndArray();
        return this;
    }

    /** A key whose value comes next. */
    public JsonOut key(String key) {
        json.writeName(key);
        return this;
    }

    public JsonOut put(String key, @Nullable String value) {
        json.writeName(key);
        return value(value);
    }

    public JsonOut put(String key, long value) {
        json.writeName(key);
        json.writeNumber(value);
        return this;
    }

    public JsonOut put(String key, double value) {
        json.writeName(key);
        json.writeNumber(value);
        return this;
    }

    public JsonOut put(String key, boolean value) {
        json.writeName(key);
        json.writeBoolean(value);
        return this;
    }

    /** Any value that {@link #value(Object)} takes. */
    public JsonOut put(String key, @Nullable Object value) {
        json.writeName(key);
        return value(value);
    }

    public JsonOut putNull(String key) {
        json.writeName(key);
        json.writeNull();
        return this;
    }

    /** A list, each item written by the writer. */
    public <T> JsonOut putList(String key, Iterable<T> items, BiConsumer<JsonOut, T> writer) {
        json.writeName(key);
        json.writeStartArray();
        items.forEach(item -> writer.accept(this, item));
        json.writeEndArray();
        return this;
    }

    /** A value that is JSON text already, such as a document of the registry. */
    public JsonOut raw(String text) {
        json.writeRawValue(text);
        return this;
    }

    public JsonOut value(@Nullable String value) {
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
        return this;
    }

    public JsonOut value(long value) {
        json.writeNumber(value);
        return this;
    }

    /**
     * Texts, numbers, truths, null, dates, ids, constants, maps, lists, JSON and what an Optional holds; any other value
     * as its text.
     */
    public JsonOut value(@Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case Instant at -> json.writeString(Dates.text(at));
            case UUID id -> json.writeString(Ids.text(id));
            case Enum<?> constant -> json.writeString(constant.name());
            case Optional<?> maybe -> value(maybe.orElse(null));
            case OptionalLong maybe -> value(maybe.isPresent() ? (Object) maybe.getAsLong() : null);
            case JsonNode node -> json.writeRawValue(node.toString());
            case Map<?, ?> map -> {
                begin();
                map.forEach((key, item) -> put(String.valueOf(key), item));
                end();
            }
            case Iterable<?> items -> {
                beginList();
                items.forEach(this::value);
                endList();
            }
            case Number number -> json.writeNumber(number.toString());
            default -> json.writeString(value.toString());
        }
        return this;
    }
}
