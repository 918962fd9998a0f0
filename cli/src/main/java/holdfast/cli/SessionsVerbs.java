package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs about logins that stand at the server: tokens and sessions of browsers. */
@Command(
        name = "sessions",
        description = {
            "Lists and ends the logins of your account that stand at the server, on all of its nodes.",
            "Tokens of an issuer and the administrator secret are no such logins: nothing is kept of them.",
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB")
final class SessionsVerbs implements Runnable {
    @Spec
    private CommandSpec spec;

    /** A login as {@code GET /logins/mine} tells it. */
    record Login(
            String id,
            String way,
            String identity,
            Instant since,
            Instant used,
            Instant until,
            String network,
            String program,
            boolean here) {
        String line() {
            return "%s  %s of %s%s%n    since %s, last used %s, until %s at most; from %s, %s"
                    .formatted(
                            id,
                            way,
                            identity,
                            here ? " (this one)" : "",
                            TimeText.minute(since),
                            TimeText.minute(used),
                            TimeText.minute(until),
                            network,
                            program);
        }
    }

    record Logins(String account, List<Login> logins) {}

    record Ended(int ended) {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb about sessions is missing.");
    }

    @Command(
            name = "list",
            description = "Lists the logins that stand: way in, since when, last used, from where.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin Connection connection,
            @Option(
                            names = "--account",
                            paramLabel = "NAME",
                            description = "Those of another account; for administrators.")
                    @Nullable
                    String account) {
        Route route = account == null ? Route.of("logins", "mine") : Route.of("logins", "of", account);
        Logins said = Json.read(connection.get(route), Logins.class);
        if (said.logins().isEmpty()) {
            connection.say("No login of " + said.account() + " stands.");
        }
        said.logins().forEach(login -> connection.say(login.line()));
        return ExitCode.OK;
    }

    @Command(
            name = "end",
            description = "Ends one login of your account, or all but the one that asks, or all of another account.",
            mixinStandardHelpOptions = true)
    int end(
            @Mixin Connection connection,
            @Parameters(arity = "0..1", paramLabel = "ID", description = "The login, as the list names it.") @Nullable
                    String id,
            @Option(names = "--others", description = "All but the one that asks.") boolean others,
            @Option(
                            names = "--account",
                            paramLabel = "NAME",
                            description = "All of another account; for administrators.")
                    @Nullable
                    String account) {
        long said = Stream.of(id != null, others, account != null)
                .filter(one -> one)
                .count();
        if (said != 1) {
            CommandLine verb = spec.commandLine().getSubcommands().get("end");
            throw new ParameterException(verb, "Say which: an ID of `sessions list`, or --others, or --account NAME.");
        }
        Route route = account != null
                ? Route.of("logins", "of", account, "end")
                : id != null ? Route.of("logins", "mine", id, "end") : Route.of("logins", "mine", "end-others");
        int ended = Json.read(connection.post(route, Map.of()), Ended.class).ended();
        connection.say("ended: " + ended + (ended == 1 ? " login" : " logins"));
        return ExitCode.OK;
    }
}
