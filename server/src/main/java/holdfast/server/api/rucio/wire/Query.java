package holdfast.server.api.rucio.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The part of an address behind the question mark: keys may come again, and without a value. */
public final class Query {
    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /** @param raw as it was sent; empty where there was none */
    static Query of(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String key = Percent.query(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : Percent.query(pair.substring(equals + 1));
                values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
            }
        }
        return new Query(values);
    }

    public Set<String> keys() {
        return values.keySet();
    }

    /** The first value; a key without a value has the empty text. */
    public Optional<String> text(String key) {
        return all(key).stream().findFirst();
    }

    /** Every value, in their order. */
    public List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** true, false, 1 or 0 in any case; a key without a value is true. 400 TypeError otherwise. */
    public boolean flag(String key, boolean otherwise) {
        return text(key).map(value -> truth(key, value)).orElse(otherwise);
    }

    private static boolean truth(String key, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "" -> true;
            case "false", "0", "none" -> false;
            default -> throw RucioError.bad("TypeError", "'" + key + "' must be True or False, not '" + value + "'");
        };
    }

    /** A whole number; 400 ValueError otherwise. */
    public OptionalLong number(String key) {
        Optional<String> value = text(key);
        if (value.isEmpty() || value.get().isEmpty() || value.get().equals("None")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value.get()));
        } catch (NumberFormatException e) {
            throw RucioError.bad("ValueError", "'" + key + "' must be a whole number, not '" + value.get() + "'");
        }
    }
}
