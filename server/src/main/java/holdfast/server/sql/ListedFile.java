package holdfast.server.sql;

import holdfast.catalog.FileRow;
import holdfast.plan.Attributes;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One file of a content, as lists show it; made for hundreds of thousands in a second. */
public final class ListedFile {
    private static final HexFormat HEX = HexFormat.of();

    private final String scope;
    private final String name;
    private final long bytes;
    private final byte @Nullable [] adler32;
    private final byte @Nullable [] md5;
    private final String attributes;

    ListedFile(
            String scope,
            String name,
            long bytes,
            byte @Nullable [] adler32,
            byte @Nullable [] md5,
            String attributes) {
        this.scope = scope;
        this.name = name;
        this.bytes = bytes;
        this.adler32 = adler32;
        this.md5 = md5;
        this.attributes = attributes;
    }

    public String scope() {
        return scope;
    }

    public String name() {
        return name;
    }

    public DataId id() {
        return new DataId(new Scope(scope), name);
    }

    public long bytes() {
        return bytes;
    }

    /** Lower case hex. */
    public @Nullable String adler32() {
        return adler32 == null ? null : HEX.formatHex(adler32);
    }

    /** Lower case hex. */
    public @Nullable String md5() {
        return md5 == null ? null : HEX.formatHex(md5);
    }

    public Attributes attributes() {
        return attributes.isEmpty() ? Attributes.NONE : FileRow.decode(attributes);
    }
}
