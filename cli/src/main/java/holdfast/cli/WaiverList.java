package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code waiver list}: the exceptions in force. */
@Command(name = "list", description = "Lists the exceptions in force.", mixinStandardHelpOptions = true)
final class WaiverList implements Callable<Integer> {
    @Mixin
    private Connection connection;

    /** A waiver of {@code GET /waivers}. */
    record InForce(
            String id,
            String clause,
            @Nullable List<String> subjects,
            @Nullable String owner,
            @Nullable String signer,
            @Nullable String reason,
            @Nullable String from,
            @Nullable String until) {}

    @Override
    public Integer call() {
        InForce[] waivers = Json.read(connection.get(Route.of("waivers")), InForce[].class);
        if (waivers.length == 0) {
            connection.say("No waiver is in force.");
        }
        for (InForce w : waivers) {
            connection.say(
                    "%s  %s  until %s, owner %s: %s".formatted(w.clause(), w.id(), w.until(), w.owner(), w.reason()));
            (w.subjects() == null ? List.<String>of() : w.subjects()).forEach(s -> connection.say("    " + s));
        }
        return ExitCode.OK;
    }
}
