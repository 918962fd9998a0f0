package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of an element as clients send them: deterministic, volatile, staging_area (truths), rse_type (DISK or TAPE),
 * availability_read, _write, _delete (truths) or availability (their sum 4, 2, 1), and what only describes it.
 */
final class RseSettings {
    private static final int UNPROCESSABLE = 422;
    private static final List<String> TRUTHS = List.of(
            "deterministic",
            "volatile",
            "staging_area",
            "availability_read",
            "availability_write",
            "availability_delete");
    private static final Set<String> OF_THE_SITES_FILE =
            Set.of("deterministic", "volatile", "staging_area", "rse_type");
    private static final Set<String> NO_VALUE = Set.of("", "none", "null");

    private RseSettings() {}

    /** What was sent, as a document; other keys are passed over. */
    static ObjectNode of(Parameters sent) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        availability(sent, settings);
        for (String key : TRUTHS) {
            if (sent.node(key).isPresent()) {
                settings.put(key, sent.flag(key, false));
            }
        }
        sent.maybeText("rse_type")
                .ifPresent(type -> settings.put("rse_type", type(type).name()));
        RseDocuments.DETAILS.forEach(key -> sent.node(key).ifPresent(value -> settings.set(key, detail(key, value))));
        return settings;
    }

    private static void availability(Parameters sent, ObjectNode settings) {
        if (sent.node("availability").isEmpty()) {
            return;
        }
        if (sent.keys().stream().anyMatch(key -> key.startsWith("availability_"))) {
            throw RucioError.of(
                    UNPROCESSABLE,
                    "InputValidationError",
                    "'availability' can not be specified with 'availability_read', 'availability_write' or"
                            + " 'availability_delete'");
        }
        Availability said = Availability.of(sent.number("availability"));
        settings.put("availability_read", said.read())
                .put("availability_write", said.write())
                .put("availability_delete", said.delete());
    }

    private static RseType type(String text) {
        return Arrays.stream(RseType.values())
                .filter(type -> type.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> RucioError.invalid("'%s' is not a valid RSEType; write DISK or TAPE".formatted(text)));
    }

    private static JsonNode detail(String key, JsonNode value) {
        if (!value.isString() && !value.isNumber()) {
            throw RucioError.bad("TypeError", "'" + key + "' must be a string or a number");
        }
        return value;
    }

    /**
     * What is to change of an element.
     *
     * @throws RucioError 400 InputValidationError for a key that is no setting; 409 UnsupportedOperation for a new name, and
     *     for what the sites file says
     */
    static ObjectNode changed(Rse rse, Parameters sent) {
        for (String key : sent.keys()) {
            boolean known = TRUTHS.contains(key)
                    || RseDocuments.DETAILS.contains(key)
                    || Set.of("rse_type", "availability", "name").contains(key);
            if (!known) {
                throw RucioError.bad(
                        "InputValidationError", "The key '%s' does not exist for RSE properties.".formatted(key));
            }
            if (rse.isOfTheHouse() && OF_THE_SITES_FILE.contains(key)) {
                throw RucioError.conflict(
                        "UnsupportedOperation",
                        "'%s' of RSE '%s' follows from the sites file; change it there and adopt the file"
                                .formatted(key, rse.name()));
            }
        }
        sent.maybeText("name").filter(name -> !name.equals(rse.name().name())).ifPresent(name -> {
            throw RucioError.conflict(
                    "UnsupportedOperation",
                    "copies stand under the name '%s', so it stays; add an RSE '%s' and move them there"
                            .formatted(rse.name(), name));
        });
        ObjectNode settings = of(sent);
        sent.maybeText("qos_class")
                .filter(none -> NO_VALUE.contains(none.toLowerCase(Locale.ROOT)))
                .ifPresent(none -> settings.putNull("qos_class"));
        return settings;
    }
}
