package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.retention.Act;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs about the custody hold. */
@Command(
        name = "hold",
        description = "Shows the custody hold, and proposes to end it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB")
final class HoldVerbs implements Runnable {
    @Spec
    private CommandSpec spec;

    /** The answer of {@code GET /hold}. */
    record Held(
            @Nullable String cause,
            @Nullable String since,
            @Nullable String why,
            boolean factsMayBeMissing) {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A verb about the custody hold is missing.");
    }

    @Command(name = "show", description = "Says whether the house is in custody hold, and why; exit 1 when it is.")
    int show(@Mixin Connection connection) {
        Held held = Json.read(connection.get(Route.of("hold")), Held.class);
        if (held.cause() == null) {
            connection.say("No custody hold.");
            return ExitCode.OK;
        }
        connection.say("custody hold since %s: %s".formatted(held.since(), held.why()));
        connection.say(
                held.factsMayBeMissing()
                        ? "Facts may be missing: what was proved before counts again when it was read, or when two have signed."
                        : "No fact is known to be missing; nothing is released until two have signed.");
        return ExitCode.FOUND_WRONG;
    }

    @Command(name = "lift", description = "Proposes to end the custody hold; two must sign.")
    int lift(@Mixin Connection connection, @Mixin Proposing proposing) throws IOException, GeneralSecurityException {
        return proposing.propose(connection, new Act.LiftHold());
    }
}
