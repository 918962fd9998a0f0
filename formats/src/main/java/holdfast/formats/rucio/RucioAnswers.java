package holdfast.formats.rucio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Rucio's REST interface answers, as rows and values. */
public final class RucioAnswers {
    private static final String REMEDY =
            "is this a Rucio server, and is nothing between it and here that answers instead?";

    private RucioAnswers() {}

    /** One line of a stream, or a whole answer that is one object. */
    public static Row row(String text, String call) {
        return RowReader.row(text, new Place(call, 0, REMEDY));
    }

    /** One line of a stream of texts. */
    public static String text(String line, String call) {
        return texts("[" + line + "]", call).getFirst();
    }

    /** An answer that is a list of objects. */
    public static List<Row> rows(String text, String call) {
        return RowReader.rows(text, new Place(call, 0, REMEDY));
    }

    /** An answer that is a list of texts. */
    public static List<String> texts(String text, String call) {
        return RowReader.texts(text, new Place(call, 0, REMEDY));
    }

    /** An answer that is one object of values by name, such as attributes. */
    public static Map<String, @Nullable Object> values(String text, String call) {
        return RowReader.row("{\"it\":" + text + "}", new Place(call, 0, REMEDY))
                .object("it");
    }

    /**
     * A file of {@code POST /replicas/list}.
     *
     * @param described what {@code POST /dids/bulkmeta} says of it; null where it says nothing
     */
    public static RucioFile file(Row listed, @Nullable RucioFile described, Map<String, RucioElement> elements) {
        RucioDid did = Reading.did(listed);
        return new RucioFile(
                did.scope(),
                did.name(),
                listed.number("bytes"),
                lower(listed, "adler32"),
                lower(listed, "md5"),
                described == null ? null : described.guid(),
                described == null ? null : described.account(),
                described == null ? null : described.created(),
                described == null ? null : described.metadata(),
                copies(listed, elements));
    }

    /** A file as {@code POST /dids/bulkmeta} describes it; empty copies. */
    public static RucioFile described(Row row) {
        return Reading.file(row);
    }

    /** A collection as {@code POST /dids/bulkmeta} describes it. */
    public static RucioCollection collection(Row row) {
        return Reading.collection(row);
    }

    /** The free metadata in a line of {@code POST /dids/bulkmeta}: everything but the name. */
    public static Map<String, Object> free(Row row) {
        return row.allBut(Set.of("scope", "name"));
    }

    /** A file with further metadata. */
    public static RucioFile with(RucioFile file, Map<String, Object> free) {
        return free.isEmpty() ? file : file.with(Reading.both(file.metadata(), free));
    }

    /** A collection with further metadata. */
    public static RucioCollection with(RucioCollection collection, Map<String, Object> free) {
        return free.isEmpty() ? collection : collection.with(Reading.both(collection.metadata(), free));
    }

    public static RucioDid did(Row row) {
        return Reading.did(row);
    }

    private static List<RucioCopy> copies(Row listed, Map<String, RucioElement> elements) {
        Map<String, String> first = new HashMap<>();
        listed.object("rses").forEach((rse, addresses) -> {
            if (addresses instanceof List<?> list && !list.isEmpty()) {
                first.put(rse, String.valueOf(list.getFirst()));
            }
        });
        List<RucioCopy> copies = new ArrayList<>();
        listed.object("states").forEach((rse, state) -> {
            @Nullable String address = first.get(rse);
            @Nullable RucioElement element = elements.get(rse);
            // Where the name makes the path, an address says nothing that the element's own algorithm does not.
            String path = address == null || element == null || element.deterministic() ? "" : element.path(address);
            copies.add(new RucioCopy(rse, path.isEmpty() ? null : path, Words.state(String.valueOf(state)), null));
        });
        return copies;
    }

    private static @Nullable String lower(Row row, String key) {
        return row.maybeText(key).map(text -> text.toLowerCase(Locale.ROOT)).orElse(null);
    }
}
