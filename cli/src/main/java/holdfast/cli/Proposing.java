package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.retention.Act;
import holdfast.retention.SignedAct;
import holdfast.vocabulary.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every verb that proposes an act for people to sign. */
final class Proposing {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    @Option(names = "--as", paramLabel = "NAME", description = "Who proposes it; a signer's name with --key.")
    private @Nullable String name;

    @Option(names = "--reason", paramLabel = "WHY", description = "Why; whoever signs reads it.")
    private @Nullable String reason;

    @Option(names = "--key", paramLabel = "FILE", description = "The proposer's key: sign it at once.")
    private @Nullable Path key;

    @Option(names = "--dry-run", description = "Ask whether it would be allowed now, propose nothing.")
    private boolean dryRun;

    /** The body of {@code POST /acts}. */
    record Asked(
            String text, String reason, String by, @Nullable String proof) {}

    boolean dryRun() {
        return dryRun;
    }

    boolean isNamed() {
        return name != null;
    }

    /** Proposes an act, signs it where a key is given, and says what happens next. */
    int propose(Connection connection, Act act) throws IOException, GeneralSecurityException {
        if (!dryRun && (name == null || reason == null)) {
            throw new ParameterException(
                    verb.commandLine(), "Say who proposes it and why: --as NAME --reason WHY (or --dry-run).");
        }
        @Nullable SignerKey own = key == null ? null : SignerKey.read(key);
        String by = name == null ? "nobody" : name;
        Asked asked = new Asked(
                act.text(),
                reason == null ? "asked" : reason,
                by,
                own == null ? null : own.sign(SignedAct.intention(act, new Actor(by))));
        String answer = connection.post(Route.of("acts").with("dryRun", dryRun), asked);
        ActReport proposed = Json.read(answer, ActReport.class);
        if (dryRun) {
            connection.say("nothing stands in the way now; it would need %d signature%s"
                    .formatted(proposed.needed(), proposed.needed() == 1 ? "" : "s"));
            return ExitCode.OK;
        }
        if (own != null) {
            proposed = proposed.sign(connection, new Actor(asked.by), own);
        }
        connection.say(proposed.line());
        return ExitCode.OK;
    }
}
