package holdfast.formats.rucio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** JSON texts of Rucio's as rows. */
final class RowReader {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final ObjectReader OBJECT = MAPPER.readerFor(new TypeReference<Map<String, @Nullable Object>>() {});
    private static final ObjectReader OBJECTS =
            MAPPER.readerFor(new TypeReference<List<Map<String, @Nullable Object>>>() {});
    private static final ObjectReader TEXTS = MAPPER.readerFor(new TypeReference<List<String>>() {});

    private RowReader() {}

    static Row row(byte[] bytes, int length, Place place) {
        try {
            return new Row(OBJECT.readValue(bytes, 0, length), place);
        } catch (JacksonException bad) {
            throw notJson(bad, place);
        }
    }

    static Row row(String text, Place place) {
        try {
            return new Row(OBJECT.readValue(text), place);
        } catch (JacksonException bad) {
            throw notJson(bad, place);
        }
    }

    static List<Row> rows(String text, Place place) {
        try {
            List<Map<String, @Nullable Object>> all = OBJECTS.readValue(text);
            return all.stream().map(one -> new Row(one, place)).toList();
        } catch (JacksonException bad) {
            throw notJson(bad, place);
        }
    }

    static List<String> texts(String text, Place place) {
        try {
            return TEXTS.readValue(text);
        } catch (JacksonException bad) {
            throw notJson(bad, place);
        }
    }

    private static BadSource notJson(JacksonException bad, Place place) {
        var at = bad.getLocation();
        String column = at == null ? "" : " at column " + at.getColumnNr();
        return place.bad("this is no JSON of the form that is expected" + column + ": " + bad.getOriginalMessage());
    }
}
