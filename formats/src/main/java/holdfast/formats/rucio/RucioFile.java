package holdfast.formats.rucio;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file with its copies as an existing Rucio has it, in the form in which the server takes it over.
 *
 * @param guid 32 hex digits
 * @param metadata what else is said of it, by Rucio's names
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RucioFile(
        String scope,
        String name,
        long bytes,
        @Nullable String adler32,
        @Nullable String md5,
        @Nullable String guid,
        @Nullable String account,
        @Nullable Instant created,
        @Nullable Map<String, Object> metadata,
        List<RucioCopy> copies) {
    public RucioFile {
        copies = List.copyOf(copies);
    }

    public RucioDid did() {
        return new RucioDid(scope, name);
    }

    RucioFile with(Map<String, Object> said) {
        return new RucioFile(scope, name, bytes, adler32, md5, guid, account, created, said, copies);
    }

    RucioFile with(List<RucioCopy> others) {
        return new RucioFile(scope, name, bytes, adler32, md5, guid, account, created, metadata, others);
    }
}
