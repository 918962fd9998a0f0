package holdfast.server.adoption;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A file as the other server has it.
 *
 * @param adler32 hexadecimal, as are all digests
 * @param metadata a JSON object
 */
public record FileSaid(
        String scope,
        String name,
        @Nullable Long bytes,
        @Nullable String adler32,
        @Nullable String md5,
        @Nullable String guid,
        @Nullable String account,
        @Nullable Instant created,
        @Nullable JsonNode metadata,
        @Nullable List<CopySaid> copies) {

    /**
     * A copy as the other server has it.
     *
     * @param path within the element, or a whole address; absent where it follows from the name
     * @param state AVAILABLE, UNAVAILABLE, COPYING, BEING_DELETED, BAD, TEMPORARY_UNAVAILABLE, SUSPICIOUS, or its letter
     */
    public record CopySaid(
            String rse,
            @Nullable String path,
            @Nullable String state,
            @Nullable Instant created) {}
}
