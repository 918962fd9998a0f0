package holdfast.server.api.rucio.dids;

import holdfast.catalog.CollectionRow;
import holdfast.catalog.CollectionRow.Extent;
import holdfast.catalog.DidType;
import holdfast.catalog.FileRow;
import holdfast.plan.Attributes;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.Catalogued;
import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.server.sql.Catalogued.OfFile;
import holdfast.server.sql.ListedFile;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and what is known of them, as lines of JSON. */
final class DidLines {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private DidLines() {}

    static JsonOut did(JsonOut out, DataId id) {
        return out.put("scope", id.scope().name()).put("name", id.name());
    }

    /** A file or collection, as {@code get_did} shows it. */
    static void whole(JsonOut out, Catalogued named, Optional<Extent> counted) {
        did(out.begin(), named.id()).put("type", named.type().name());
        out.put("account", named.account().name());
        switch (named) {
            case OfFile file -> {
                out.put("bytes", file.row().size().bytes()).put("length", 1);
                digests(out, file.row());
            }
            case OfCollection collection -> {
                CollectionRow row = collection.row();
                Optional<Extent> extent = counted.or(row::extent);
                out.put("open", row.open()).put("monotonic", row.monotonic());
                out.put("expired_at", row.times().expires());
                out.put("length", extent.map(Extent::files)).put("bytes", extent.map(Extent::bytes));
            }
        }
        out.end();
    }

    private static void digests(JsonOut out, FileRow row) {
        out.put("md5", row.digests().by(Algorithm.MD5).map(Digest::hex));
        out.put("adler32", row.digests().by(Algorithm.ADLER32).map(Digest::hex));
    }

    /** A child that is a file. */
    static void child(JsonOut out, ListedFile file) {
        out.begin().put("scope", file.scope()).put("name", file.name()).put("type", DidType.FILE.name());
        out.put("bytes", file.bytes()).put("adler32", file.adler32()).put("md5", file.md5());
        out.end();
    }

    /** A file within an archive. */
    static void constituent(JsonOut out, ListedFile file) {
        out.begin().put("scope", file.scope()).put("name", file.name()).put("bytes", file.bytes());
        out.put("adler32", file.adler32()).put("md5", file.md5()).end();
    }

    /** A child that is a collection. */
    static void child(JsonOut out, OfCollection collection) {
        did(out.begin(), collection.id()).put("type", collection.type().name());
        out.put("bytes", collection.row().extent().map(Extent::bytes));
        out.putNull("adler32").putNull("md5").end();
    }

    /** A child that is one no more; it may be gone itself. */
    static void left(JsonOut out, DataId id, @Nullable Catalogued child, Instant at) {
        did(out.begin(), id);
        out.put("type", child == null ? null : child.type().name());
        if (child instanceof OfFile file) {
            out.put("bytes", file.row().size().bytes());
            digests(out, file.row());
        } else {
            out.putNull("bytes").putNull("md5").putNull("adler32");
        }
        out.put("deleted_at", at).end();
    }

    /** A file as {@code list_files} shows it; the object is not ended. */
    static JsonOut file(JsonOut out, ListedFile file) {
        out.begin().put("scope", file.scope()).put("name", file.name());
        out.put("bytes", file.bytes()).put("adler32", file.adler32());
        Attributes said = file.attributes();
        return out.put("guid", guid(said)).put("events", number(said, "events"));
    }

    /** A file by itself as {@code list_files} shows it; the object is not ended. */
    static JsonOut file(JsonOut out, FileRow row) {
        did(out.begin(), row.id()).put("bytes", row.size().bytes());
        out.put("adler32", row.digests().by(Algorithm.ADLER32).map(Digest::hex));
        return out.put("guid", guid(row.attributes())).put("events", number(row.attributes(), "events"));
    }

    /** A name that was looked for. */
    static void found(JsonOut out, Catalogued named) {
        did(out.begin(), named.id()).put("did_type", named.type().name());
        extent(out, named).end();
    }

    static void found(JsonOut out, ListedFile file) {
        out.begin().put("scope", file.scope()).put("name", file.name()).put("did_type", DidType.FILE.name());
        out.put("bytes", file.bytes()).put("length", 1).end();
    }

    private static JsonOut extent(JsonOut out, Catalogued named) {
        return switch (named) {
            case OfFile file -> out.put("bytes", file.row().size().bytes()).put("length", 1);
            case OfCollection collection ->
                out.put("bytes", collection.row().extent().map(Extent::bytes))
                        .put("length", collection.row().extent().map(Extent::files));
        };
    }

    /** A name that no collection holds. */
    static void top(JsonOut out, Catalogued named) {
        did(out.begin(), named.id()).put("type", named.type().name()).putNull("parent");
        out.put("level", 0);
        if (named instanceof OfFile file) {
            out.put("bytes", file.row().size().bytes());
        } else {
            out.putNull("bytes");
        }
        out.end();
    }

    static void below(JsonOut out, ListedFile file, DataId parent, int level) {
        out.begin().put("scope", file.scope()).put("name", file.name()).put("type", DidType.FILE.name());
        did(out.key("parent").begin(), parent).end();
        out.put("level", level).put("bytes", file.bytes()).end();
    }

    static void below(JsonOut out, OfCollection child, DataId parent, int level) {
        did(out.begin(), child.id()).put("type", child.type().name());
        did(out.key("parent").begin(), parent).end();
        out.put("level", level).end();
    }

    static void parent(JsonOut out, OfCollection parent) {
        did(out.begin(), parent.id()).put("type", parent.type().name()).end();
    }

    /** Upper case without dashes. */
    static @Nullable String guid(Attributes said) {
        return said.value("guid")
                .map(g -> g.replace("-", "").toUpperCase(Locale.ROOT))
                .orElse(null);
    }

    static @Nullable Object number(Attributes said, String key) {
        return said.value(key)
                .filter(value -> NUMBER.matcher(value).matches())
                .map(Long::valueOf)
                .orElse(null);
    }

    static CollectionRow.Kind kind(Parameters sent) {
        String type = sent.text("type").toUpperCase(Locale.ROOT);
        return switch (type) {
            case "DATASET", "D" -> CollectionRow.Kind.DATASET;
            case "CONTAINER", "C" -> CollectionRow.Kind.CONTAINER;
            default ->
                throw RucioError.conflict(
                        "UnsupportedOperation",
                        "a name of type '%s' cannot be made this way; DATASET and CONTAINER can".formatted(type));
        };
    }
}
