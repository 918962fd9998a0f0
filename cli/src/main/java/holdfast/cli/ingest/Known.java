package holdfast.cli.ingest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server knows of a name: {@code NEW}, {@code REGISTERED}, {@code WANTED} or {@code REFUSED}. */
record Known(
        String name,
        String state,
        @Nullable String did,
        @Nullable Long size,
        @Nullable Map<String, String> digests,
        @Nullable List<Found> findings) {

    List<Found> found() {
        return findings == null ? List.of() : findings;
    }

    Map<String, String> registered() {
        return digests == null ? Map.of() : digests;
    }
}
