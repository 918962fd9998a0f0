package holdfast.server.api.rucio.wire;

import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object that a caller sent, read by key. What must be there and is not: 400 KeyError. What has another kind: 400
 * TypeError. Null counts as absent. Keys that nobody asks for are passed over.
 */
public final class Parameters {
    private final JsonNode object;

    /** @param object a JSON object */
    public Parameters(JsonNode object) {
        this.object = object;
    }

    public Collection<String> keys() {
        return object.propertyNames();
    }

    /** Whether the key is there, be it with null. */
    public boolean has(String key) {
        return object.has(key);
    }

    /** The whole object as JSON. */
    public JsonNode json() {
        return object;
    }

    /** The value as JSON; empty where the key is absent or null. */
    public Optional<JsonNode> node(String key) {
        @Nullable JsonNode value = object.get(key);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    public JsonNode mustNode(String key) {
        return node(key).orElseThrow(() -> missing(key));
    }

    /** A text that must be there. */
    public String text(String key) {
        return maybeText(key).orElseThrow(() -> missing(key));
    }

    public Optional<String> maybeText(String key) {
        return node(key).map(value -> {
            if (!value.isString()) {
                throw wrong(key, "a string");
            }
            return value.stringValue();
        });
    }

    /** A whole number that must be there. */
    public long number(String key) {
        return maybeNumber(key).orElseThrow(() -> missing(key));
    }

    /** A whole number; 3.0 is one. */
    public OptionalLong maybeNumber(String key) {
        Optional<JsonNode> value = node(key);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!value.get().isNumber()) {
            throw wrong(key, "an integer");
        }
        try {
            return OptionalLong.of(value.get().decimalValue().longValueExact());
        } catch (ArithmeticException e) {
            throw wrong(key, "an integer of 64 bits");
        }
    }

    public Optional<BigDecimal> maybeDecimal(String key) {
        return node(key).map(value -> {
            if (!value.isNumber()) {
                throw wrong(key, "a number");
            }
            return value.decimalValue();
        });
    }

    public boolean flag(String key, boolean otherwise) {
        return node(key)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw wrong(key, "a boolean");
                    }
                    return value.booleanValue();
                })
                .orElse(otherwise);
    }

    /** A date; see {@link Dates#read}. */
    public Optional<Instant> maybeDate(String key) {
        return maybeText(key).map(Dates::read);
    }

    /** A list of objects that must be there. */
    public List<Parameters> list(String key) {
        return objects(key, mustNode(key));
    }

    /** A list of objects; the empty one where the key is absent. */
    public List<Parameters> maybeList(String key) {
        return node(key).map(value -> objects(key, value)).orElse(List.of());
    }

    /** A list of texts; the empty one where the key is absent. */
    public List<String> texts(String key) {
        Optional<JsonNode> value = node(key);
        if (value.isEmpty()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(key, value.get())) {
            if (!item.isString()) {
                throw wrong(key, "a list of strings");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    public Optional<Parameters> maybeObject(String key) {
        return node(key).map(value -> {
            if (!value.isObject()) {
                throw wrong(key, "a dictionary");
            }
            return new Parameters(value);
        });
    }

    /** The keys {@code scope} and {@code name}; 400 InvalidObject where they cannot be a data identifier. */
    public DataId did() {
        String scope = text("scope");
        String name = text("name");
        try {
            return new DataId(new Scope(scope), name);
        } catch (BadWord bad) {
            throw RucioError.invalid("Problem validating did: " + RucioCall.brief(bad));
        }
    }

    private static List<Parameters> objects(String key, JsonNode value) {
        List<Parameters> objects = new ArrayList<>();
        for (JsonNode item : array(key, value)) {
            if (!item.isObject()) {
                throw wrong(key, "a list of dictionaries");
            }
            objects.add(new Parameters(item));
        }
        return objects;
    }

    private static JsonNode array(String key, JsonNode value) {
        if (!value.isArray()) {
            throw wrong(key, "a list");
        }
        return value;
    }

    private static RucioError missing(String key) {
        return RucioError.bad("KeyError", "'" + key + "' not defined");
    }

    private static RucioError wrong(String key, String wanted) {
        return RucioError.bad("TypeError", "'" + key + "' must be " + wanted);
    }
}
