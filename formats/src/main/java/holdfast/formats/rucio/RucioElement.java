package holdfast.formats.rucio;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A storage element (RSE) with its attributes and protocols.
 *
 * @param type {@code DISK} or {@code TAPE}
 */
public record RucioElement(
        String name,
        String type,
        boolean deterministic,
        @JsonProperty("volatile") boolean isVolatile,
        Availability availability,
        Map<String, @Nullable Object> attributes,
        List<Protocol> protocols) {
    public RucioElement {
        protocols = List.copyOf(protocols);
    }

    /** What clients may do there. */
    public record Availability(boolean read, boolean write, boolean delete) {}

    /**
     * A way to its bytes.
     *
     * @param domains {@code lan} and {@code wan}: priorities by operation, 1 the best
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Protocol(
            String scheme,
            String hostname,
            long port,
            String prefix,
            String impl,
            Map<String, @Nullable Object> domains,
            @JsonProperty("extended_attributes") @Nullable Object extended) {

        /** What stands before each path: scheme, host, port and prefix. */
        String root() {
            String slashed = prefix.startsWith("/") ? prefix : "/" + prefix;
            return scheme + "://" + hostname + ":" + port + (slashed.endsWith("/") ? slashed : slashed + "/");
        }
    }

    /** The path that an address means; empty text where none of the protocols leads to it. */
    String path(String address) {
        for (Protocol protocol : protocols) {
            if (address.startsWith(protocol.root())) {
                return address.substring(protocol.root().length());
            }
        }
        return "";
    }
}
