package holdfast.server.adoption;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A dataset or container as the other server has it.
 *
 * @param type DATASET or CONTAINER, or its letter
 * @param length files in it when it was closed; the bytes likewise
 */
public record CollectionSaid(
        String scope,
        String name,
        @Nullable String type,
        @Nullable String account,
        @Nullable Boolean open,
        @Nullable Boolean monotonic,
        @Nullable Instant created,
        @Nullable Instant closed,
        @Nullable Instant expires,
        @Nullable Long length,
        @Nullable Long bytes,
        @Nullable JsonNode metadata) {

    /** What a collection holds. */
    public record ContentSaid(
            String scope, String name, @Nullable List<Name> children) {
        List<Name> all() {
            return children == null ? List.of() : children;
        }
    }

    public record Name(String scope, String name) {}
}
