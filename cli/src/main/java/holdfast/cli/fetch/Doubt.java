package holdfast.cli.fetch;

import holdfast.cli.wire.NoServer;
import holdfast.cli.wire.Route;
import holdfast.cli.wire.Server;
import holdfast.cli.wire.ServerSaysNo;
import java.util.List;
import java.util.Optional;

/** Tells the server that a copy gave other bytes: it is listed as suspicious, and nothing else happens to it by that. */
final class Doubt {
    private Doubt() {}

    private record Suspicious(List<String> pfns, String reason) {}

    /** What is told of it, for people: that the server knows, or why it does not. */
    static String say(Server server, Described file, Way way, String why) {
        Optional<String> address = file.sources().stream()
                .filter(s -> s.storage().equals(way.storage()))
                .flatMap(s -> s.known().stream())
                .findFirst();
        if (address.isEmpty()) {
            return "; the server was not told, for this copy has no address: tell its keepers";
        }
        try {
            server.catalogue()
                    .post(
                            Route.rucio("replicas", "suspicious"),
                            new Suspicious(List.of(address.get()), "read by holdfast get: " + why));
            return "; the server was told";
        } catch (ServerSaysNo | NoServer no) {
            return "; the server did not take the word of it: " + no.getMessage();
        }
    }
}
