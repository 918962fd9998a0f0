package holdfast.server.catalog;

import holdfast.catalog.CollectionRow;
import holdfast.catalog.CollectionRow.Extent;
import holdfast.catalog.FileRow;
import holdfast.server.sql.Catalogued;
import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.server.sql.Catalogued.OfFile;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A name's values under the keys that every client knows, all of them, as texts, numbers, truths, dates and null. */
public final class ColumnView {
    private static final String ACCESSED = "accessed_at";

    private ColumnView() {}

    /** The same with what is known beside its row. */
    public static Map<String, @Nullable Object> of(Catalogued named, Noted noted) {
        Map<String, @Nullable Object> values = of(named);
        if (noted.role().archive()) {
            values.put("is_archive", true);
        }
        if (noted.role().constituent()) {
            values.put("constituent", true);
        }
        noted.used()
                .filter(used -> !(values.get(ACCESSED) instanceof Instant said) || said.isBefore(used))
                .ifPresent(used -> values.put(ACCESSED, used));
        return values;
    }

    public static Map<String, @Nullable Object> of(Catalogued named) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("scope", named.id().scope().name());
        values.put("name", named.id().name());
        values.put("account", named.account().name());
        values.put("did_type", named.type().name());
        defaults(values);
        switch (named) {
            case OfFile file -> file(values, file.row());
            case OfCollection collection -> collection(values, collection.row());
        }
        Metadata.of(named).column().forEach((key, value) -> values.put(key, plain(key, value)));
        return values;
    }

    private static void defaults(Map<String, @Nullable Object> values) {
        MetadataKeys.columns().keySet().forEach(key -> values.put(key, null));
        values.put("hidden", false);
        values.put("suppressed", false);
        values.put("obsolete", false);
        values.put("transient", false);
        values.put("purge_replicas", true);
        values.put("is_new", true);
        values.put("deleted_at", null);
        values.put("is_archive", null);
        values.put("constituent", null);
        values.put("access_cnt", null);
        values.put("closed_at", null);
        values.put("expired_at", null);
    }

    private static void file(Map<String, @Nullable Object> values, FileRow row) {
        values.put("bytes", row.size().bytes());
        values.put("length", 1L);
        values.put(
                "adler32", row.digests().by(Algorithm.ADLER32).map(Digest::hex).orElse(null));
        values.put("md5", row.digests().by(Algorithm.MD5).map(Digest::hex).orElse(null));
        values.put("availability", row.lost() ? "LOST" : "AVAILABLE");
        values.put("created_at", row.mention());
        values.put("updated_at", row.mention());
        values.put("is_open", null);
        values.put("monotonic", false);
    }

    private static void collection(Map<String, @Nullable Object> values, CollectionRow row) {
        values.put("bytes", row.extent().map(Extent::bytes).orElse(null));
        values.put("length", row.extent().map(Extent::files).orElse(null));
        values.put("adler32", null);
        values.put("md5", null);
        values.put("availability", "AVAILABLE");
        values.put("created_at", row.times().created());
        values.put("updated_at", row.times().updated());
        values.put("closed_at", row.times().closed().orElse(null));
        values.put("expired_at", row.times().expires().orElse(null));
        values.put("is_open", row.open());
        values.put("monotonic", row.monotonic());
    }

    private static @Nullable Object plain(String key, JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return value.longValue();
        }
        if (!value.isString()) {
            return null;
        }
        String text = value.stringValue();
        return MetadataKeys.columns().get(key) == MetadataKeys.Kind.DATE ? Instant.parse(text) : text;
    }
}
