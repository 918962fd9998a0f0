package holdfast.formats.rucio;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A collection as an existing Rucio has it, in the form in which the server takes it over.
 *
 * @param type {@code DATASET} or {@code CONTAINER}
 * @param length files in it when it was closed; the bytes likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RucioCollection(
        String scope,
        String name,
        String type,
        @Nullable String account,
        boolean open,
        boolean monotonic,
        @Nullable Instant created,
        @Nullable Instant closed,
        @Nullable Instant expires,
        @Nullable Long length,
        @Nullable Long bytes,
        @Nullable Map<String, Object> metadata) {

    public RucioDid did() {
        return new RucioDid(scope, name);
    }

    RucioCollection with(Map<String, Object> said) {
        return new RucioCollection(
                scope, name, type, account, open, monotonic, created, closed, expires, length, bytes, said);
    }
}
