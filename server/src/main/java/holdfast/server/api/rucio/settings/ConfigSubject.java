package holdfast.server.api.rucio.settings;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Settings;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The configuration that clients keep. Values are texts; numbers and truths are shown as what they look like. */
public final class ConfigSubject implements Subject {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:[0-9]{1,30}\\.[0-9]{0,30}|\\.[0-9]{1,30})");
    private static final String OWN = "holds what clients put there; the house itself is steered by its plan files";

    private final Settings settings;
    private final Permissions permissions;

    public ConfigSubject(Settings settings, Permissions permissions) {
        this.settings = settings;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs("GET /config", OWN, this::all)
                .differs("POST /config", OWN, this::put)
                .differs("GET /config/{section}", OWN, this::section)
                .differs("GET /config/{section}/{option}", OWN, this::option)
                .differs("PUT /config/{section}/{option}/{value}", OWN, this::putOne)
                .differs(
                        "DELETE /config/{section}",
                        "404 ConfigNotFound where there is no such section, so that a typing error is seen",
                        this::dropSection)
                .differs(
                        "DELETE /config/{section}/{option}",
                        "404 ConfigNotFound where there is no such option, so that a typing error is seen",
                        this::dropOption);
    }

    private Answer all(RucioCall call) {
        permissions.require(call.account(), Action.SEE_CONFIG);
        return Answer.json(out -> {
            out.begin();
            settings.all().forEach((name, options) -> section(out.key(name), options));
            out.end();
        });
    }

    private Answer section(RucioCall call) {
        permissions.require(call.account(), Action.SEE_CONFIG);
        String name = call.path("section");
        SortedMap<String, String> options =
                settings.section(name).orElseThrow(() -> Settings.notFound("section '" + name + "'"));
        return Answer.json(out -> section(out, options));
    }

    private Answer option(RucioCall call) {
        permissions.require(call.account(), Action.SEE_CONFIG);
        String section = call.path("section");
        String option = call.path("option");
        String value = settings.option(section, option).orElseThrow(() -> Settings.notFound(section, option));
        return Answer.json(out -> out.value(shown(value)));
    }

    private static void section(JsonOut out, Map<String, String> options) {
        out.begin();
        options.forEach((option, value) -> out.put(option, shown(value)));
        out.end();
    }

    private static Object shown(String value) {
        if (WHOLE.matcher(value).matches()) {
            return Long.parseLong(value);
        }
        if (NUMBER.matcher(value).matches()) {
            return new BigDecimal(value);
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> value;
        };
    }

    private Answer put(RucioCall call) {
        Parameters sent = call.parameters();
        Map<String, Map<String, String>> values = new TreeMap<>();
        for (String name : sent.keys()) {
            Parameters options = sent.maybeObject(name)
                    .orElseThrow(() -> RucioError.bad("ValueError", "the section '" + name + "' has no options"));
            Map<String, String> texts = new TreeMap<>();
            options.keys().forEach(option -> texts.put(option, text(options.mustNode(option))));
            values.put(name, texts);
        }
        permissions.require(call.account(), Action.CHANGE_CONFIG);
        settings.put(call.account(), values);
        return Answer.created();
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    private Answer putOne(RucioCall call) {
        permissions.require(call.account(), Action.CHANGE_CONFIG);
        settings.put(call.account(), Map.of(call.path("section"), Map.of(call.path("option"), call.path("value"))));
        return Answer.created();
    }

    private Answer dropSection(RucioCall call) {
        permissions.require(call.account(), Action.CHANGE_CONFIG);
        settings.drop(call.account(), call.path("section"));
        return Answer.empty();
    }

    private Answer dropOption(RucioCall call) {
        permissions.require(call.account(), Action.CHANGE_CONFIG);
        settings.drop(call.account(), call.path("section"), call.path("option"));
        return Answer.empty();
    }
}
