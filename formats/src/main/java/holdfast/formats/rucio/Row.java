package holdfast.formats.rucio;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One JSON object of Rucio's, whose values are asked for by the names of Rucio's columns; null is as good as absent. */
public final class Row {
    private final Map<String, @Nullable Object> values;
    private final Place place;

    Row(Map<String, @Nullable Object> values, Place place) {
        this.values = values;
        this.place = place;
    }

    /** A text; {@link BadSource} when it is not there or is none. */
    public String text(String key) {
        return maybeText(key).orElseThrow(() -> missing(key));
    }

    public Optional<String> maybeText(String key) {
        return maybe(key).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw place.bad("'" + key + "' is no text but " + value);
        });
    }

    /** A whole number; {@link BadSource} when it is not there or is none. */
    public long number(String key) {
        return maybeNumber(key).orElseThrow(() -> missing(key));
    }

    public OptionalLong maybeNumber(String key) {
        Optional<Object> value = maybe(key);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.get() instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())) {
            return OptionalLong.of(number.longValue());
        }
        throw place.bad("'" + key + "' is no whole number but " + value.get());
    }

    public boolean flag(String key, boolean otherwise) {
        return maybe(key)
                .map(value -> {
                    if (value instanceof Boolean flag) {
                        return flag;
                    }
                    throw place.bad("'" + key + "' is neither true nor false but " + value);
                })
                .orElse(otherwise);
    }

    /** A moment, as ISO 8601 (UTC where no zone is said) or as Rucio's answers write it, {@code Mon, 23 Nov 2026 18:18:21 UTC}. */
    public Optional<Instant> time(String key) {
        return maybeText(key).map(text -> {
            try {
                return time(text, text.endsWith(" UTC"));
            } catch (DateTimeException no) {
                throw place.bad("'" + key + "' is no moment but '" + text + "'");
            }
        });
    }

    private static Instant time(String text, boolean asInAnswers) {
        if (asInAnswers) {
            String gmt = text.substring(0, text.length() - 3) + "GMT";
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(gmt));
        }
        String iso = text.replace(' ', 'T');
        boolean zoned = iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
        return zoned
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    /** An object within it; empty where there is none. */
    public Map<String, @Nullable Object> object(String key) {
        return maybe(key)
                .map(value -> {
                    if (value instanceof Map<?, ?> map) {
                        return strings(map);
                    }
                    throw place.bad("'" + key + "' is no object but " + value);
                })
                .orElseGet(Map::of);
    }

    /** A list of objects within it; empty where there is none. */
    public List<Row> rows(String key) {
        return maybe(key)
                .map(value -> {
                    if (value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
                        return list.stream()
                                .map(one -> new Row(strings((Map<?, ?>) one), place))
                                .toList();
                    }
                    throw place.bad("'" + key + "' is no list of objects but " + value);
                })
                .orElseGet(List::of);
    }

    /** The values under these keys that are there, as they are. */
    Map<String, Object> only(Set<String> keys) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (String key : keys) {
            maybe(key).ifPresent(value -> found.put(key, value));
        }
        return found;
    }

    /** The values under all other keys. */
    Map<String, Object> allBut(Set<String> keys) {
        Set<String> others = new LinkedHashSet<>(values.keySet());
        others.removeAll(keys);
        return only(others);
    }

    BadSource bad(String wrong) {
        return place.bad(wrong);
    }

    private Optional<Object> maybe(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private BadSource missing(String key) {
        return place.bad("'" + key + "' is missing");
    }

    private static Map<String, @Nullable Object> strings(Map<?, ?> map) {
        Map<String, @Nullable Object> strings = new LinkedHashMap<>();
        map.forEach((key, value) -> strings.put(String.valueOf(key), value));
        return strings;
    }
}
