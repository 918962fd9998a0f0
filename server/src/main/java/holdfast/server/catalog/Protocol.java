package holdfast.server.catalog;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * A way to reach an element. At most one for each scheme, host and port.
 *
 * @param prefix what stands before the paths of all files
 * @param implementation the client's class for it, which also says how an address is written
 * @param extended further settings, as JSON; {@code web_service_path} comes between host and prefix
 */
public record Protocol(
        Door door, String prefix, String implementation, Priorities priorities, Optional<JsonNode> extended) {

    /** The order in which protocols are shown. */
    static final Comparator<Protocol> SHOWN = Comparator.comparing(Protocol::door);

    /** Where it listens; no element has two protocols at one door. */
    public record Door(String scheme, String hostname, int port) implements Comparable<Door> {
        @Override
        public int compareTo(Door other) {
            return Comparator.comparing(Door::hostname)
                    .thenComparing(Door::scheme)
                    .thenComparing(Door::port)
                    .compare(this, other);
        }
    }

    /** How much it is preferred for each operation; 1 is best, and what is absent is not supported. */
    public record Priorities(Map<Domain, Map<Operation, Integer>> of) {
        public Priorities {
            Map<Domain, Map<Operation, Integer>> copy = new EnumMap<>(Domain.class);
            of.forEach((domain, operations) -> copy.put(domain, Map.copyOf(operations)));
            of = Map.copyOf(copy);
        }

        /** What was said, be it 0; empty where nothing was. */
        public Optional<Integer> said(Domain domain, Operation operation) {
            return Optional.ofNullable(of.getOrDefault(domain, Map.of()).get(operation));
        }
    }

    /** Empty where it does not support the operation there: nothing is said, or 0. */
    public OptionalInt priority(Domain domain, Operation operation) {
        return priorities
                .said(domain, operation)
                .filter(priority -> priority > 0)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    public String scheme() {
        return door.scheme();
    }

    /** Everything before the path of a file, as the client writes it with this protocol; it ends in a slash. */
    public String root() {
        String host = door.hostname().replaceFirst("^[a-z0-9+.-]+://", "");
        return scheme() + "://" + host + port() + webServicePath() + folder();
    }

    /** The prefix, which begins and ends in a slash. */
    String folder() {
        String begun = prefix.startsWith("/") ? prefix : "/" + prefix;
        return begun.endsWith("/") ? begun : begun + "/";
    }

    /** Each of the client's classes has its own way with the port. */
    private String port() {
        return switch (family()) {
            case "posix", "rclone" -> "";
            case "gfal", "globus", "storm" -> door.port() == 0 ? "" : ":" + door.port();
            default -> ":" + door.port();
        };
    }

    private String webServicePath() {
        return family().equals("gfal")
                ? extended.map(more -> more.path("web_service_path"))
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .orElse("")
                : "";
    }

    /** The client's module: {@code gfal} of {@code rucio.rse.protocols.gfal.Default}. */
    private String family() {
        String[] parts = implementation.split("\\.", -1);
        return parts.length < 2 ? implementation : parts[parts.length - 2];
    }
}
