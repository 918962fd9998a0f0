package holdfast.formats;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads records as JSON: times in ISO 8601 UTC, counts as numbers, what is not there as null. */
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /** A record of plain values as indented JSON. */
    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** A record of plain values as JSON without line breaks, as requests carry it. */
    public static String line(Object value) {
        return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }

    /**
     * Reads what {@link #write} wrote. Keys that this version does not know are passed over.
     *
     * @throws Result.BadFile when the text is no JSON of this form; the message says where
     */
    public static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException bad) {
            var at = bad.getLocation();
            String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new Result.BadFile("this is no " + type.getSimpleName() + place + ": " + bad.getOriginalMessage());
        }
    }
}
