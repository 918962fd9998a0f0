package holdfast.server.api.files;

import holdfast.ingest.NameSchema;
import holdfast.server.api.rucio.wire.Template;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads which file an address names, and what is wanted of it; slashes in names come as in Rucio's interface. */
public final class FileAddress {
    private static final Map<What, Template> KNOWN = Map.of(
            What.BYTES, Template.of("/{scope}/{name}/bytes"), What.SOURCES, Template.of("/{scope}/{name}/sources"));

    private final Supplier<NameSchema> schema;

    /** @param schema how addresses part scope and name, by the policy in force */
    public FileAddress(Supplier<NameSchema> schema) {
        this.schema = schema;
    }

    enum What {
        BYTES,
        SOURCES
    }

    /** What an address asks for. */
    record Asked(DataId id, What what) {}

    /** @param uri the raw address, such as {@code /holdfast/v1/files/lab/%2Fa%2Fb/bytes} */
    Asked of(String uri) {
        if (uri.startsWith(FileServlet.MOUNT)) {
            String path = uri.substring(FileServlet.MOUNT.length());
            for (Map.Entry<What, Template> one : KNOWN.entrySet()) {
                Optional<Map<String, String>> found = one.getValue().read(path);
                if (found.isPresent()) {
                    return new Asked(id(found.get()), one.getKey());
                }
            }
        }
        throw new Refusal.Told(
                Refusal.NOT_FOUND,
                "nothing is here; write %s/SCOPE/NAME/bytes or .../sources".formatted(FileServlet.MOUNT));
    }

    private DataId id(Map<String, String> found) {
        String scope = found.getOrDefault("scope", "");
        String name = found.getOrDefault("name", "");
        NameSchema.Parts parts = schema.get()
                .parts(scope, name)
                .orElseThrow(() -> new Refusal.Told(
                        Refusal.BAD_REQUEST, "'%s:%s' is no name by the policy in force".formatted(scope, name)));
        return new DataId(new Scope(parts.scope()), parts.name());
    }
}
