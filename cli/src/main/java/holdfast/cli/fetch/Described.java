package holdfast.cli.fetch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server says of a file: how large it is, its digests, and its copies, the best first. */
record Described(String did, long size, Map<String, String> digests, List<Source> sources) {

    /**
     * A copy.
     *
     * @param served whether the server can read it now
     */
    record Source(
            String storage,
            @Nullable String site,
            String state,
            boolean tape,
            boolean served,
            @Nullable String why,
            @Nullable List<String> addresses) {

        List<String> known() {
            return addresses == null ? List.of() : addresses;
        }
    }

    /** What tells these bytes from all others, as it is kept beside a part of them. */
    Identity identity() {
        return new Identity(did, size, digests);
    }

    /** Which bytes are being brought. */
    record Identity(String did, long size, Map<String, String> digests) {}
}
