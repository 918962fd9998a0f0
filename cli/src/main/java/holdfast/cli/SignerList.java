package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code signer list}: whose signature counts, or counted. */
@Command(name = "list", description = "Lists signers, retired ones too.", mixinStandardHelpOptions = true)
final class SignerList implements Callable<Integer> {
    @Mixin
    private Connection connection;

    /** A signer of {@code GET /signers}. */
    record Named(String name, String key, boolean retired) {}

    @Override
    public Integer call() {
        Named[] signers = Json.read(connection.get(Route.of("signers")), Named[].class);
        if (signers.length == 0) {
            connection.say("Nobody may sign yet: `holdfast signer new`, then `holdfast signer add`.");
        }
        for (Named signer : signers) {
            connection.say(signer.name() + (signer.retired() ? "  (retired)  " : "  ") + signer.key());
        }
        return ExitCode.OK;
    }
}
