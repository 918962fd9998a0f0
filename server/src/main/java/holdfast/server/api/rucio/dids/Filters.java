package holdfast.server.api.rucio.dids;

import holdfast.catalog.DidFilter;
import holdfast.formats.PythonLiteral;
import holdfast.server.api.rucio.wire.Query;
import holdfast.server.api.rucio.wire.RucioError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Filters as clients send them: Python's text of a list of dictionaries, or of one, or each key by itself. */
final class Filters {
    private static final Set<String> OTHERS = Set.of("filters", "type", "limit", "long", "recursive");

    private Filters() {}

    static DidFilter of(Query query) {
        try {
            return query.text("filters").map(Filters::read).orElseGet(() -> byKey(query));
        } catch (DidFilter.BadFilter bad) {
            throw switch (bad.kind()) {
                case SYNTAX -> syntax(String.valueOf(bad.getMessage()));
                case DUPLICATE -> RucioError.bad("DuplicateCriteriaInDIDFilter", String.valueOf(bad.getMessage()));
            };
        }
    }

    private static DidFilter byKey(Query query) {
        Map<String, String> group = new HashMap<>();
        query.keys().stream()
                .filter(key -> !OTHERS.contains(key))
                .forEach(key -> group.put(key, query.text(key).orElse("")));
        return DidFilter.of(List.of(group));
    }

    private static DidFilter read(String text) {
        @Nullable Object read = literal(text);
        List<Map<String, ?>> groups = new ArrayList<>();
        if (read instanceof List<?> list) {
            list.forEach(one -> groups.add(group(one)));
        } else {
            groups.add(group(read));
        }
        return DidFilter.of(groups);
    }

    private static @Nullable Object literal(String text) {
        try {
            return PythonLiteral.read(text);
        } catch (PythonLiteral.BadLiteral e) {
            throw syntax("the filters cannot be read: " + e.getMessage());
        }
    }

    private static Map<String, ?> group(@Nullable Object read) {
        if (!(read instanceof Map<?, ?> dictionary)) {
            throw syntax("filters are a list of dictionaries");
        }
        Map<String, @Nullable Object> group = new HashMap<>();
        dictionary.forEach((key, value) -> group.put(String.valueOf(key), value));
        return group;
    }

    private static RucioError syntax(String what) {
        return RucioError.bad("DIDFilterSyntaxError", what);
    }
}
