package holdfast.server.api.rucio.settings;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.MetaConventions;
import holdfast.server.catalog.MetaConventions.KeyType;
import holdfast.server.catalog.Permissions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The conventions on metadata: keys, and the values that each may take. */
public final class ConventionSubject implements Subject {
    private static final Set<String> VALUE_TYPES =
            Set.of("str", "string", "unicode", "int", "long", "float", "bool", "boolean", "date", "datetime");

    private final MetaConventions conventions;
    private final Permissions permissions;

    public ConventionSubject(MetaConventions conventions, Permissions permissions) {
        this.conventions = conventions;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET /meta_conventions/", call -> Answer.json(out -> out.value(conventions.keys())))
                .supports(
                        "GET /meta_conventions/{key}/",
                        call -> Answer.json(out -> out.value(conventions.values(call.path("key")))))
                .supports("POST /meta_conventions/{key}", this::add);
    }

    /** The two methods of the client that come here tell apart by what they send. */
    private Answer add(RucioCall call) {
        Parameters sent = call.parameters();
        String key = call.path("key");
        if (sent.has("value")) {
            JsonNode value = sent.mustNode("value");
            permissions.require(call.account(), Action.ADD_META_CONVENTION);
            conventions.addValue(call.account(), key, value.isString() ? value.stringValue() : value.toString());
            return Answer.created();
        }
        KeyType type = type(sent.maybeText("key_type").orElse("ALL"));
        sent.maybeText("value_type").ifPresent(ConventionSubject::checkType);
        permissions.require(call.account(), Action.ADD_META_CONVENTION);
        conventions.add(call.account(), key, type, sent.maybeText("value_type"), sent.maybeText("value_regexp"));
        return Answer.created();
    }

    private static KeyType type(String text) {
        return Arrays.stream(KeyType.values())
                .filter(type -> type.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        RucioError.bad("UnsupportedKeyType", "The type '" + text + "' is not supported for keys!"));
    }

    private static void checkType(String text) {
        if (!VALUE_TYPES.contains(text.toLowerCase(Locale.ROOT))) {
            throw RucioError.bad("UnsupportedValueType", "The type '" + text + "' is not supported for values!");
        }
    }
}
