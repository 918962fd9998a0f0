package holdfast.plan;

import holdfast.vocabulary.CodePoints;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Named facts about a file, such as {@code run_type} or {@code events}, in the order of their names. */
public record Attributes(Map<String, String> values) {
    public static final Attributes NONE = new Attributes(Map.of());

    /** The date a file's run ended or began, ISO 8601; decides the period of a sharing agreement. */
    public static final String RUN_DATE = "run_date";

    public Attributes {
        values = values.isEmpty() ? Map.of() : java.util.Collections.unmodifiableMap(sorted(values));
    }

    private static Map<String, String> sorted(Map<String, String> values) {
        Map<String, String> sorted = new TreeMap<>(CodePoints::compare);
        sorted.putAll(values);
        return sorted;
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** These attributes, and those of the other where these say nothing. */
    public Attributes orElse(Attributes other) {
        Map<String, String> all = new TreeMap<>(other.values);
        all.putAll(values);
        return new Attributes(all);
    }
}
